package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Recounts one partition of the raw topic, record by record, by the rules as the contracts have them. */
final class PartitionRecount {

    private static final long QUARTER_MILLIS = Duration.ofMinutes(15).toMillis();

    private final AuditLimits limits;
    private final Function<String, ProjectRules> rules;
    private final CountSheet sheet;
    private final long settledEnd;
    private final ArrivalHours ids;
    private final CountedOnce once;
    private final NameLimits names;
    private final RunningTotals totals = new RunningTotals();
    private PartitionTotals settledTotals;
    private Instant arrival = Instant.MIN;

    /**
     * @param rules of a project
     * @param known whether an experiment had a definition when an event arrived
     * @param sheet to which impressions are added
     * @param settledEnd the first offset that the pipeline may not have counted yet
     */
    PartitionRecount(
            AuditLimits limits,
            Function<String, ProjectRules> rules,
            BiPredicate<ExperimentKey, Instant> known,
            CountSheet sheet,
            long settledEnd) {
        this.limits = limits;
        this.rules = rules;
        this.sheet = sheet;
        this.settledEnd = settledEnd;
        this.ids = new ArrivalHours(limits.horizonHours());
        this.once = new CountedOnce(limits.repeatHorizon());
        this.names = new NameLimits(known);
    }

    /** An event, in order of offsets. */
    void event(long offset, Instant stamped, EvaluationEvent event) {
        advance(offset, stamped);
        if (!FieldRules.areMet(event)) {
            totals.reject(Rejection.INVALID, FieldRules.weightOf(event));
        } else if (event.getOccurredAt().isAfter(arrival.plus(limits.futureTolerance()))) {
            totals.reject(Rejection.FUTURE, event.getCount());
        } else if (!event.getBackfill()
                && event.getOccurredAt().plus(limits.lateness()).isBefore(arrival)) {
            totals.reject(Rejection.TOO_LATE, event.getCount());
        } else {
            weigh(event, rules.apply(event.getProject()), offset < settledEnd);
        }
    }

    /** A record that is no event, in order of offsets. */
    void rejected(long offset, Instant stamped, Rejection reason) {
        advance(offset, stamped);
        totals.reject(reason, 1);
    }

    /** The totals of all records below the end of what has settled; to be asked after the last record. */
    PartitionTotals settledTotals() {
        return settledTotals == null ? totals.now() : settledTotals;
    }

    private void advance(long offset, Instant stamped) {
        if (offset >= settledEnd && settledTotals == null) {
            settledTotals = totals.now();
        }
        arrival = stamped.isAfter(arrival) ? stamped : arrival;
    }

    private void weigh(EvaluationEvent event, ProjectRules project, boolean isSettled) {
        var policy = project.countingPolicy(event.getOccurredAt(), arrival);
        if (!FieldRules.sufficesFor(policy, event)) {
            totals.reject(Rejection.INVALID, event.getCount());
            return;
        }
        var payload = Names.ofPayload(event);
        var first = ids.firstSeen(
                Names.ofId(event), payload, arrival, project.horizonHours(event.getOccurredAt(), arrival));
        if (first.isPresent()) {
            totals.repeat(event.getCount(), !first.get().equals(payload));
            return;
        }
        var excluded = project.exclusion(event, arrival);
        var admission = project.admission(event.getOccurredAt(), arrival).orElse(null);
        if (excluded.isPresent()) {
            totals.exclude(excluded.get(), event.getCount());
        } else if (!names.admit(event, admission, arrival)) {
            totals.exclude("LIMIT", event.getCount());
        } else {
            count(event, policy, isSettled);
        }
    }

    /** Under every policy but the first, an event is one impression at most, whatever its count. */
    private void count(EvaluationEvent event, CountingPolicy policy, boolean isSettled) {
        long impressions = event.getCount();
        if (policy != CountingPolicy.EVALUATION) {
            impressions = once.isNew(Names.ofCountedOnce(policy, event), arrival) ? 1 : 0;
        }
        if (impressions < event.getCount()) {
            totals.exclude("REPEAT", event.getCount() - impressions);
        }
        if (impressions > 0) {
            totals.count(impressions);
            sheet.add(cellOf(event, policy), quarterOf(event), impressions, isSettled);
        }
    }

    private static Cell cellOf(EvaluationEvent event, CountingPolicy policy) {
        var experiment = new ExperimentKey(event.getProject(), event.getEnvironment(), event.getExperiment());
        var hour = event.getOccurredAt().truncatedTo(ChronoUnit.HOURS);
        return new Cell(new ImpressionKey(experiment, hour, event.getVariant()), policy);
    }

    private static int quarterOf(EvaluationEvent event) {
        return (int) (event.getOccurredAt().toEpochMilli() / QUARTER_MILLIS % 4);
    }
}
