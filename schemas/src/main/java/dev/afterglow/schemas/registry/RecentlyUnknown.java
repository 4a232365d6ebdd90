package dev.afterglow.schemas.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ids that the registry has just called unknown, so that a flood of records with one bad id costs one request a second.
 *
 * <p>Forgotten after a second, and not later, because an id may become known: a good record must not be judged by an
 * answer given before its schema was registered. Bounded, because a flood may have a different id in each record.
 */
final class RecentlyUnknown {
    static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<Integer, Instant> until = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Instant> eldest) {
            return size() > MOST;
        }
    };

    RecentlyUnknown(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean contains(int id) {
        Instant end = until.get(id);
        if (end == null || clock.instant().isBefore(end)) {
            return end != null;
        }
        until.remove(id);
        return false;
    }

    synchronized void add(int id) {
        until.put(id, clock.instant().plus(KEPT));
    }
}
