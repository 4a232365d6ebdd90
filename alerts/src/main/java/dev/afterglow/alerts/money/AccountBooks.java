package dev.afterglow.alerts.money;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** By what prices accounts pay, and for how much traffic. */
public interface AccountBooks {

    /** The grain in which use is looked for. */
    Duration HOUR = Duration.ofHours(1);

    /** Those of nobody: no prices and no traffic. */
    AccountBooks EMPTY = new AccountBooks() {
        private final PlanHistory none = PlanHistory.of(List.of());

        @Override
        public PlanHistory plans(String account) {
            return none;
        }

        @Override
        public long impressions(String account, Instant from, Instant to) {
            return 0;
        }
    };

    /** The price plans of an account; a history without any when it has none. */
    PlanHistory plans(String account);

    /**
     * Impressions that an account pays for, those of all its projects.
     *
     * @param from start, a full quarter-hour, inclusive
     * @param to end, a full quarter-hour, exclusive; nothing when it is not after the start
     * @return 0 or more
     */
    long impressions(String account, Instant from, Instant to);

    /**
     * The start of the first hour in a stretch in which an account used anything; the end of the stretch when it used nothing.
     *
     * @param from start, a full hour, inclusive
     * @param to end, a full hour, exclusive
     */
    default Instant firstUse(String account, Instant from, Instant to) {
        var hour = from;
        while (hour.isBefore(to) && impressions(account, hour, hour.plus(HOUR)) == 0) {
            hour = hour.plus(HOUR);
        }
        return hour;
    }
}
