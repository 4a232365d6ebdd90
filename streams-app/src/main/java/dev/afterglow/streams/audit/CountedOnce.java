package dev.afterglow.streams.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What counting policies have counted in one partition, by when it first arrived. */
final class CountedOnce {

    private final Duration horizon;
    private final Map<String, Instant> firstArrivals = new HashMap<>();

    /** @param horizon for how long after its first arrival a thing counts no more */
    CountedOnce(Duration horizon) {
        this.horizon = horizon;
    }

    /** Whether a thing counts now; it then does not again within the horizon. */
    boolean isNew(String name, Instant arrival) {
        var first = firstArrivals.get(name);
        if (first != null && first.plus(horizon).isAfter(arrival)) {
            return false;
        }
        firstArrivals.put(name, arrival);
        return true;
    }
}
