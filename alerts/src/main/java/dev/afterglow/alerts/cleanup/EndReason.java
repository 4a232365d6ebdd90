package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Why a run has ended, where its alerts are resolved at one time for different reasons. */
final class EndReason {

    /** What people did comes before what is seen of it. */
    private static final List<Resolution> ENDS = List.of(
            Resolution.NEW_RUN,
            Resolution.ARCHIVED,
            Resolution.DEACTIVATED,
            Resolution.CONVERTED_TO_FLAG,
            Resolution.TRAFFIC_STOPPED);

    private EndReason() {}

    /**
     * The first reason that ends a run; empty when none does.
     *
     * @param given why its alerts of a clean-up were resolved
     * @param live whether the run serves somebody now: it may have been off for a while, and nobody was told in time
     */
    static Optional<Resolution> among(Collection<Resolution> given, boolean live) {
        return ENDS.stream()
                .filter(given::contains)
                .filter(why -> !live || (why != Resolution.ARCHIVED && why != Resolution.DEACTIVATED))
                .findFirst();
    }
}
