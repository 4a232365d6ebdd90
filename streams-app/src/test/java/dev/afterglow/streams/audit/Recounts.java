package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.streams.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One partition being recounted; each test says what arrives when. */
final class Recounts {

    static final AuditLimits LIMITS = new AuditLimits(Duration.ofDays(62), Duration.ofMinutes(10), 24);
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    static {
        GeneratedClasses.trust();
    }

    private final Map<String, ProjectRules> rules = new HashMap<>();
    private final Set<String> defined = new HashSet<>();
    private final CountSheet sheet = new CountSheet();
    private final PartitionRecount recount;
    private long offset;

    Recounts() {
        this(Long.MAX_VALUE);
    }

    Recounts(long settledEnd) {
        recount = new PartitionRecount(
                LIMITS,
                project -> rules.getOrDefault(project, ProjectRules.NONE),
                (experiment, arrival) -> defined.contains(experiment.experiment()),
                sheet,
                settledEnd);
    }

    static EvaluationEvent.Builder event(String id, Instant occurredAt) {
        return Events.event(id, occurredAt);
    }

    static ProjectPolicy.Builder policy(long version, Instant from) {
        return ProjectPolicy.newBuilder().setProject("shop").setVersion(version).setEffectiveFrom(from);
    }

    static Cell cell(Instant occurredAt, CountingPolicy policy) {
        var experiment = new ExperimentKey("shop", "production", "checkout");
        return new Cell(new ImpressionKey(experiment, occurredAt.truncatedTo(ChronoUnit.HOURS), "blue"), policy);
    }

    static ImpressionCount count(Cell cell, long revision, Long... quarters) {
        return new ImpressionCount(
                cell.key().experiment().project(),
                cell.key().experiment().environment(),
                cell.key().experiment().experiment(),
                cell.key().variant(),
                cell.key().hour(),
                List.of(quarters),
                Arrays.stream(quarters).mapToLong(Long::longValue).sum(),
                cell.policy(),
                revision);
    }

    Recounts defined(String experiment) {
        defined.add(experiment);
        return this;
    }

    Recounts under(CountingPolicy policy) {
        return under(policy(1, Instant.EPOCH).setCountingPolicy(policy).build());
    }

    Recounts under(ProjectPolicy policy) {
        rules.merge("shop", ProjectRules.NONE.with(policy, Instant.EPOCH), (old, fresh) -> fresh);
        return this;
    }

    Recounts arrives(Instant at, EvaluationEvent.Builder event) {
        recount.event(offset++, at, event.build());
        return this;
    }

    Recounts rubbish(Instant at, Rejection reason) {
        recount.rejected(offset++, at, reason);
        return this;
    }

    CountSheet sheet() {
        return sheet;
    }

    PartitionTotals totals() {
        return recount.settledTotals();
    }

    /** Totals by name that are not zero, but what was received. */
    Map<String, Long> outcomes() {
        var outcomes = new HashMap<>(totals().byName());
        outcomes.remove("received");
        outcomes.values().removeIf(total -> total == 0);
        return outcomes;
    }
}
