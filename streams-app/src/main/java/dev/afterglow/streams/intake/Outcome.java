package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.streams.deadletter.DeadLetterReason;

/** What becomes of an evaluation; every one of them has exactly one outcome. */
sealed interface Outcome {

    /** It is an impression under a policy. */
    record Counted(CountingPolicy policy) implements Outcome {}

    /** Its id was seen before; a conflict when it said something else then. */
    record Duplicate(boolean conflict) implements Outcome {}

    /** The policy of its project leaves it out. */
    record Excluded(ExclusionReason reason) implements Outcome {}

    /** It cannot be used. */
    record Rejected(DeadLetterReason reason, String detail) implements Outcome {}

    /** Why a policy leaves an evaluation out. */
    enum ExclusionReason {
        /** Its environment does not count. */
        ENVIRONMENT,
        /** The policy counts it once, and it was counted before. */
        REPEAT
    }
}
