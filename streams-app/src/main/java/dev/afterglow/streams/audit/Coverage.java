package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * From which UTC hour on a recount knows everything that may have counted.
 *
 * <p>Where the log has lost its beginning, let A be the arrival of the first record that is left in it. An event that is
 * gone arrived at A or before, so it happened no later than A and the tolerance for future times; and its id is
 * remembered until the horizon after A's hour is over. An event that happened in hour h arrived at h less the tolerance
 * or later. So hours from A's hour, one hour, the horizon and the tolerance on, rounded up, hold no event that is gone, and
 * no event whose id may have been seen in what is gone. Under {@code DAILY_UNIQUE} the whole day has to be so. Page views
 * and sessions have no date, so that there a whole repeat horizon has to lie between.
 *
 * @param lostUpTo A, of the partition where it is latest; empty when nothing was lost and every hour is covered
 * @param limits of the rules
 */
record Coverage(Optional<Instant> lostUpTo, AuditLimits limits) {

    /** The first hour covered under a policy; empty when all are. */
    Optional<Instant> from(CountingPolicy policy) {
        return lostUpTo.map(lost -> switch (policy) {
            case EVALUATION, UNKNOWN -> eventsFrom(lost);
            case DAILY_UNIQUE -> roundedUp(eventsFrom(lost), ChronoUnit.DAYS);
            case PAGE_IMPRESSION, SESSION_EXPOSURE ->
                roundedUp(
                        lost.plus(limits.repeatHorizon())
                                .plus(limits.futureTolerance())
                                .plusMillis(1),
                        ChronoUnit.HOURS);
        });
    }

    /** The first hour covered under the policy that asks least; empty when all are. */
    Optional<Instant> from() {
        return from(CountingPolicy.EVALUATION);
    }

    boolean covers(Cell cell) {
        return from(cell.policy()).stream().noneMatch(from -> cell.key().hour().isBefore(from));
    }

    private Instant eventsFrom(Instant lost) {
        var known = lost.truncatedTo(ChronoUnit.HOURS)
                .plus(1L + limits.horizonHours(), ChronoUnit.HOURS)
                .plus(limits.futureTolerance());
        return roundedUp(known, ChronoUnit.HOURS);
    }

    private static Instant roundedUp(Instant at, ChronoUnit unit) {
        var below = at.truncatedTo(unit);
        return below.equals(at) ? below : below.plus(1, unit);
    }
}
