package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.weights;

import dev.afterglow.alerts.money.FakeBooks;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.contract.ProjectPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** A life of an experiment, drawn from a seed: definitions, policies, traffic in bursts, and a project that goes silent. */
final class RandomHistory {

    static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant TO = FROM.plus(Duration.ofDays(20));

    final Random random;
    final TrafficLog traffic = new TrafficLog();
    Definitions definitions = Definitions.empty();
    PolicyHistory policies = Fixtures.defaults();
    final List<AlertAction> actions = new ArrayList<>();

    RandomHistory(long seed) {
        random = new Random(seed);
        var versions = 2 + random.nextInt(8);
        // One in four is evaluated before anybody has defined it.
        var first = random.nextInt(4) == 0 ? Fixtures.after(Duration.ofDays(5)) : early();
        for (var version = 1; version <= versions; version++) {
            var from = definitions.versions().isEmpty() ? first : moment();
            definitions =
                    definitions.with(Fixtures.definition(version, from.isBefore(first) ? first : from, this::shape));
        }
        var changes = random.nextInt(5);
        for (var version = 1; version <= changes; version++) {
            policies = policies.with(Fixtures.policyVersion(version, moment(), this::rules));
        }
        for (var burst = random.nextInt(8); burst > 0; burst--) {
            burst();
        }
        traffic.paidBy(new ProjectAccounts(Fixtures.defaults(), books()));
        for (var left = random.nextInt(12); left > 0; left--) {
            actions.add(action());
        }
        for (var silence = random.nextInt(4); silence > 0; silence--) {
            var start = UtcGrid.floorHour(moment());
            for (var hour = random.nextInt(60); hour >= 0; hour--) {
                traffic.silentProject(start.plus(Duration.ofHours(hour)));
            }
        }
    }

    /** When somebody who judges only then misses nothing: the traffic of an hour, definitions and actions at theirs. */
    TreeSet<Instant> news() {
        var news = new TreeSet<Instant>();
        definitions.versions().forEach(version -> news.add(version.getEffectiveFrom()));
        actions.forEach(action -> news.add(action.getAt()));
        traffic.quarterStarts().forEach(quarter -> news.add(UtcGrid.nextHour(quarter)));
        return news;
    }

    /** One in four has no price plan. */
    private FakeBooks books() {
        var books = new FakeBooks();
        if (random.nextInt(4) > 0) {
            books.plan(
                    "default",
                    PricePlan.newBuilder()
                            .setAccount("default")
                            .setVersion(1)
                            .setEffectiveFrom(Instant.EPOCH)
                            .setCurrency("EUR")
                            .setZone(List.of("UTC", "Asia/Kathmandu", "America/St_Johns")
                                    .get(random.nextInt(3)))
                            .setIncludedImpressions(random.nextInt(3) * 1_000L)
                            .setTiers(List.of(new PriceTier(5_000L, 1_000L, 1L), new PriceTier(null, 300L, 1L)))
                            .build());
        }
        traffic.quarters().forEach((quarter, count) -> books.add("default", quarter, count));
        for (var left = random.nextInt(100); left > 0; left--) {
            books.add("default", UtcGrid.ceilQuarter(moment()), random.nextInt(200));
        }
        return books;
    }

    private Instant early() {
        return FROM.plusSeconds(random.nextInt(7200));
    }

    private Instant moment() {
        var second = random.nextInt((int) Duration.between(FROM, TO).toSeconds());
        var moment = FROM.plusSeconds(second);
        return random.nextInt(4) == 0 ? UtcGrid.floorHour(moment) : moment;
    }

    private void shape(ExperimentDefinition.Builder builder) {
        builder.setVariants(
                        random.nextInt(2) == 0 ? weights(1, 1) : random.nextInt(4) == 0 ? weights(1, 0) : weights(0, 1))
                .setRun(random.nextInt(4) == 0 ? "second" : null)
                .setEnabled(random.nextInt(8) != 0)
                .setPermanent(random.nextInt(12) == 0)
                .setDecision(
                        switch (random.nextInt(5)) {
                            case 0, 1 -> Decision.ROLL_OUT;
                            case 2 -> Decision.ROLL_BACK;
                            default -> Decision.NONE;
                        })
                .setWinner(random.nextBoolean() ? "green" : null)
                .setKind(random.nextInt(4) == 0 ? ExperimentKind.FEATURE_FLAG : ExperimentKind.EXPERIMENT)
                .setState(
                        switch (random.nextInt(8)) {
                            case 0 -> ExperimentState.DRAFT;
                            case 1 -> ExperimentState.INACTIVE;
                            case 2, 3 -> ExperimentState.ARCHIVED;
                            default -> ExperimentState.RUNNING;
                        });
    }

    /** On an alert that may or may not be there. */
    private AlertAction action() {
        var kinds = List.of(
                "LEFTOVER_ROLLOUT",
                "LEFTOVER_ROLLOUT",
                "DECIDED_BUT_RUNNING",
                "ZOMBIE_TRAFFIC",
                "REACTIVATED",
                "ROLLOUT_MISMATCH",
                "UNKNOWN_EXPERIMENT");
        var alertId = kinds.get(random.nextInt(kinds.size())) + "/" + Fixtures.KEY
                + (random.nextInt(4) == 0 ? "/second/" : "/-/") + (1 + random.nextInt(2));
        var at = moment();
        var action = random.nextInt(8) == 0
                ? ActionKind.PERMANENT
                : List.of(
                                ActionKind.ACKNOWLEDGE,
                                ActionKind.SNOOZE,
                                ActionKind.SNOOZE,
                                ActionKind.IMPLEMENTED,
                                ActionKind.DOCUMENTED)
                        .get(random.nextInt(5));
        var until = action == ActionKind.SNOOZE ? at.plusSeconds(1 + random.nextInt(300_000)) : null;
        var done = AlertAction.newBuilder(Fixtures.action(alertId, Fixtures.KEY, action, at, until));
        if (action == ActionKind.DOCUMENTED) {
            done.setKeyLearning("learned at " + at);
        }
        return done.build();
    }

    private void rules(ProjectPolicy.Builder builder) {
        var warn = random.nextInt(4);
        builder.setWarnAfterDays(warn)
                .setCriticalAfterDays(warn + random.nextInt(4))
                .setMinimumImpressions(1 + random.nextInt(30))
                .setPropagationGraceMinutes(random.nextInt(1000))
                .setCriticalCostMicros(random.nextInt(3) == 0 ? 1L + random.nextInt(2_000_000) : null)
                .setIncludeFeatureFlags(random.nextBoolean())
                .setExemptKinds(random.nextInt(6) == 0 ? List.of("ROLLOUT_MISMATCH", "LEFTOVER_ROLLOUT") : List.of())
                .setExemptExperiments(random.nextInt(6) == 0 ? List.of(Fixtures.KEY.experiment()) : List.of());
    }

    private void burst() {
        var quarter = UtcGrid.ceilQuarter(moment());
        // So that now and then nobody sees the one, or nobody but a few.
        var ofBlue = List.of(0, 0, 1, 100, 100, 50).get(random.nextInt(6));
        var most = random.nextBoolean() ? 10 : 400;
        for (var left = random.nextInt(200); left > 0 && quarter.isBefore(TO); left--) {
            traffic.add(quarter, random.nextInt(100) < ofBlue ? "blue" : "green", 1 + random.nextInt(most));
            quarter = quarter.plus(UtcGrid.QUARTER.multipliedBy(1 + random.nextInt(12)));
        }
    }
}
