package dev.afterglow.alerts.whatif;

import dev.afterglow.alerts.cleanup.CaseHistory;
import dev.afterglow.alerts.cleanup.CountedTraffic;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Experiments of project shop at full rollout from the first day on, with traffic every hour as long as given. */
final class Histories {

    static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

    static {
        GeneratedClasses.trust();
    }

    private Histories() {}

    static Instant day(double days) {
        return START.plusSeconds(Math.round(days * 86_400));
    }

    static ExperimentKey key(String experiment) {
        return new ExperimentKey("shop", "production", experiment);
    }

    static CaseHistory leftover(String experiment, String team, double days, AlertAction... actions) {
        return history(key(experiment), team, hours(key(experiment), 0, days), actions);
    }

    /** With traffic up to a day, and again from one to another. */
    static CaseHistory twice(String experiment, double firstEnds, double from, double to) {
        var hours = new ArrayList<>(hours(key(experiment), 0, firstEnds));
        hours.addAll(hours(key(experiment), from, to));
        return history(key(experiment), "growth", hours);
    }

    private static CaseHistory history(
            ExperimentKey key, String team, List<ImpressionCount> hours, AlertAction... actions) {
        var traffic = CountedTraffic.of(hours);
        return new CaseHistory(
                key,
                Definitions.of(List.of(full(key, team))),
                traffic.within(Histories::others),
                traffic.hourEnds(),
                List.of(actions));
    }

    private static List<ImpressionCount> hours(ExperimentKey key, double from, double to) {
        var hours = new ArrayList<ImpressionCount>();
        for (var hour = day(from); hour.isBefore(day(to)); hour = hour.plus(Duration.ofHours(1))) {
            hours.add(count(key, hour));
        }
        return hours;
    }

    static PolicyHistory policy(int warn, int critical) {
        return WhatIf.allAlong(days(warn, critical));
    }

    static ProjectPolicy days(int warn, int critical) {
        return ProjectPolicy.newBuilder()
                .setProject("shop")
                .setVersion(1)
                .setEffectiveFrom(START)
                .setWarnAfterDays(warn)
                .setCriticalAfterDays(critical)
                .build();
    }

    /** A project that always flows. */
    private static SortedMap<Instant, Long> others(Instant from, Instant to) {
        var hours = new TreeMap<Instant, Long>();
        for (var hour = from; hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
            hours.put(hour, 1_000L);
        }
        return hours;
    }

    private static ExperimentDefinition full(ExperimentKey key, String team) {
        return ExperimentDefinition.newBuilder()
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setVersion(1)
                .setEffectiveFrom(START)
                .setRolloutPercent(100)
                .setVariants(List.of(new VariantWeight("green", 1.0)))
                .setOwnerTeam(team)
                .build();
    }

    private static ImpressionCount count(ExperimentKey key, Instant hour) {
        return ImpressionCount.newBuilder()
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setVariant("green")
                .setHour(hour)
                .setQuarters(List.of(50L, 0L, 0L, 0L))
                .setCount(50)
                .setPolicy(CountingPolicy.EVALUATION)
                .setRevision(1)
                .build();
    }
}
