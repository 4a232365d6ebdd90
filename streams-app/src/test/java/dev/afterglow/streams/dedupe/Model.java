package dev.afterglow.streams.dedupe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The rule, said as simply as can be: every first sight is kept for ever, and judged anew for each event. */
final class Model {

    private final Map<Long, Deque<FirstSight>> sights = new HashMap<>();

    Sighting see(long id, int contents, int hour, int horizon) {
        var newestFirst = sights.computeIfAbsent(id, any -> new ArrayDeque<>());
        for (FirstSight sight : newestFirst) {
            boolean inReach = sight.hour >= hour - horizon;
            boolean kept = sight.hour >= hour - sight.horizon;
            if (inReach && kept) {
                return sight.contents == contents ? Sighting.DUPLICATE : Sighting.CONFLICT;
            }
        }
        newestFirst.addFirst(new FirstSight(contents, hour, horizon));
        return Sighting.NEW;
    }

    private record FirstSight(int contents, int hour, int horizon) {}
}
