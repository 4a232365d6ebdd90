package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import java.util.Arrays;
import java.util.List;

/** What becomes of an evaluation; every one of them has exactly one outcome. */
sealed interface Outcome {

    /** Seen before, saying the same. */
    Outcome DUPLICATE = new Duplicate(false);

    /** Seen before, saying something else. */
    Outcome CONFLICT = new Duplicate(true);

    /** By ordinal of the policy: an outcome for each event would be an object for each event. */
    List<Counted> COUNTED =
            Arrays.stream(CountingPolicy.values()).map(Counted::new).toList();

    /** Counted under a policy. */
    static Outcome counted(CountingPolicy policy) {
        return COUNTED.get(policy.ordinal());
    }

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
        /** Its unit is marked as internal. */
        INTERNAL_UNIT,
        /** Its user agent is marked as internal. */
        INTERNAL_AGENT,
        /** Its user agent says that it is a robot. */
        BOT,
        /** Its project sends more unknown experiments, or its experiment more variants, than may count. */
        LIMIT,
        /** The policy counts it once, and it was counted before. */
        REPEAT
    }
}
