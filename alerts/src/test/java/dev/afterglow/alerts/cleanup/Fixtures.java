package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Segment;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.PendingAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Definitions, policies and times that the tests share. */
final class Fixtures {

    static final ExperimentKey KEY = new ExperimentKey("shop", "production", "checkout-cta");
    static final Instant START = Instant.parse("2026-11-03T09:20:00Z");

    static {
        GeneratedClasses.trust();
    }

    private Fixtures() {}

    static Instant after(Duration duration) {
        return START.plus(duration);
    }

    static Instant day(long days) {
        return START.plus(Duration.ofDays(days));
    }

    /** A full hour: so many days after the hour that follows the start. */
    static Instant hourOnDay(long days) {
        return Instant.parse("2026-11-03T10:00:00Z").plus(Duration.ofDays(days));
    }

    static ExperimentDefinition split(long version, Instant from) {
        return definition(version, from, builder -> builder.setVariants(weights(50, 50)));
    }

    static ExperimentDefinition full(long version, Instant from) {
        return full(version, from, builder -> {});
    }

    static ExperimentDefinition full(long version, Instant from, Consumer<ExperimentDefinition.Builder> change) {
        return definition(version, from, builder -> change.accept(builder.setVariants(weights(0, 1))));
    }

    static ExperimentDefinition inState(long version, Instant from, ExperimentState state) {
        return definition(version, from, builder -> builder.setState(state));
    }

    static ExperimentDefinition definition(long version, Instant from, Consumer<ExperimentDefinition.Builder> change) {
        var builder = ExperimentDefinition.newBuilder()
                .setProject(KEY.project())
                .setEnvironment(KEY.environment())
                .setExperiment(KEY.experiment())
                .setVersion(version)
                .setEffectiveFrom(from)
                .setRolloutPercent(100)
                .setVariants(weights(50, 50));
        change.accept(builder);
        return builder.build();
    }

    static AlertAction action(String alertId, ExperimentKey key, ActionKind kind, Instant at, Instant until) {
        return AlertAction.newBuilder()
                .setAlertId(alertId)
                .setSubject(key.toString())
                .setAction(kind)
                .setAt(at)
                .setBy("ada")
                .setSnoozeUntil(until)
                .build();
    }

    static CaseFile note(CaseFile file, AlertAction action) {
        return CaseJudge.note(file, new PendingAction(action, 0L, action.getAt()))
                .orElseThrow();
    }

    static List<VariantWeight> weights(double blue, double green) {
        return List.of(new VariantWeight("blue", blue), new VariantWeight("green", green));
    }

    static Segment segment(String name, double percent, double blue, double green) {
        return new Segment(name, percent, weights(blue, green));
    }

    /** In USD and UTC, from long ago: beyond those that are included, each impression costs so many micro-units. */
    static PricePlan pricePlan(long included, long micros) {
        return PricePlan.newBuilder()
                .setAccount("default")
                .setVersion(1)
                .setEffectiveFrom(Instant.EPOCH)
                .setCurrency("USD")
                .setIncludedImpressions(included)
                .setTiers(List.of(new PriceTier(null, micros, 1L)))
                .build();
    }

    static PolicyHistory defaults() {
        return PolicyHistory.empty(KEY.project());
    }

    static PolicyHistory policy(Consumer<ProjectPolicy.Builder> change) {
        return defaults().with(policyVersion(1, Instant.EPOCH, change));
    }

    static PolicyVersion policyVersion(long version, Instant from, Consumer<ProjectPolicy.Builder> change) {
        var builder = ProjectPolicy.newBuilder()
                .setProject(KEY.project())
                .setVersion(version)
                .setEffectiveFrom(from);
        change.accept(builder);
        return new PolicyVersion(builder.build(), from);
    }
}
