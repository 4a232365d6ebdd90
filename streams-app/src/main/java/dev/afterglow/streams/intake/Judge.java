package dev.afterglow.streams.intake;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.intake.Outcome.ExclusionReason;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/** Decides what becomes of an event that could be decoded. */
final class Judge {

    private final IntakeLimits limits;
    private final SeenStore ids;
    private final SeenStore repeats;
    private final Fingerprints fingerprints = new Fingerprints();

    Judge(IntakeLimits limits, SeenStore ids, SeenStore repeats) {
        this.limits = limits;
        this.ids = ids;
        this.repeats = repeats;
    }

    /** To be called with the first record after a start. */
    void open(Instant arrival) {
        ids.open(arrival);
        repeats.open(arrival);
    }

    Outcome judge(EvaluationEvent event, PolicyHistory policies, Instant arrival) {
        var problem = EventCheck.problem(event);
        if (problem.isPresent()) {
            return new Outcome.Rejected(DeadLetterReason.INVALID, problem.get());
        }
        if (event.getOccurredAt().isAfter(arrival.plus(limits.futureTolerance()))) {
            return new Outcome.Rejected(
                    DeadLetterReason.FUTURE,
                    "occurredAt is more than " + limits.futureTolerance() + " after its arrival");
        }
        if (!event.getBackfill() && event.getOccurredAt().isBefore(arrival.minus(limits.lateness()))) {
            return new Outcome.Rejected(
                    DeadLetterReason.TOO_LATE,
                    "occurredAt is more than " + limits.lateness()
                            + " before its arrival; history is sent with backfill = true");
        }
        var policy = policies.countingPolicyAt(event.getOccurredAt(), arrival);
        if (isMissing(policy, event)) {
            return new Outcome.Rejected(
                    DeadLetterReason.INVALID,
                    "counting policy " + policy + " needs "
                            + (policy == CountingPolicy.PAGE_IMPRESSION ? "pageView" : "session"));
        }
        long contents = fingerprints.ofContents(event);
        var first = ids.firstSeen(fingerprints.ofId(event), contents, arrival);
        if (first.isPresent()) {
            return new Outcome.Duplicate(first.getAsLong() != contents);
        }
        var counted = policies.countedEnvironmentsAt(event.getOccurredAt(), arrival);
        if (counted.isPresent() && !counted.get().contains(event.getEnvironment())) {
            return new Outcome.Excluded(ExclusionReason.ENVIRONMENT);
        }
        if (policy != CountingPolicy.EVALUATION
                && repeats.firstSeen(countedOnce(policy, event), 0, arrival).isPresent()) {
            return new Outcome.Excluded(ExclusionReason.REPEAT);
        }
        return new Outcome.Counted(policy);
    }

    private static boolean isMissing(CountingPolicy policy, EvaluationEvent event) {
        return policy == CountingPolicy.PAGE_IMPRESSION && event.getPageView() == null
                || policy == CountingPolicy.SESSION_EXPOSURE && event.getSession() == null;
    }

    private Bytes countedOnce(CountingPolicy policy, EvaluationEvent event) {
        String within = switch (policy) {
            case PAGE_IMPRESSION -> event.getPageView();
            case SESSION_EXPOSURE -> event.getSession();
            case DAILY_UNIQUE -> Quarters.dayOf(event.getOccurredAt()).toString();
            case EVALUATION, UNKNOWN -> throw new IllegalArgumentException(policy + " counts every event");
        };
        // "once per unit and UTC day", whatever the variant; the other two are per variant as well.
        String variant = policy == CountingPolicy.DAILY_UNIQUE ? null : event.getVariant();
        return fingerprints.of(
                policy.name(),
                event.getProject(),
                event.getEnvironment(),
                event.getExperiment(),
                variant,
                event.getUnit(),
                within);
    }
}
