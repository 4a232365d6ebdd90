package dev.afterglow.streams.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ids of one partition by the UTC hour in which they arrived first. An id that arrived first in the same hour, or in
 * one of the hours of its project's horizon before, has been seen; a repeat does not prolong that.
 */
final class ArrivalHours {

    private static final long MILLIS = 3_600_000L;

    private final int longestHorizon;
    private final TreeMap<Long, Map<String, String>> hours = new TreeMap<>();

    /** @param longestHorizon of all projects, in hours; what is older is let go */
    ArrivalHours(int longestHorizon) {
        this.longestHorizon = longestHorizon;
    }

    /**
     * The payload under which an id was first seen within the horizon; empty, and remembered now, when it was not.
     *
     * @param arrival never before that of the call before
     */
    Optional<String> firstSeen(String id, String payload, Instant arrival, int horizonHours) {
        long hour = Math.floorDiv(arrival.toEpochMilli(), MILLIS);
        hours.headMap(hour - longestHorizon).clear();
        for (var ids : hours.tailMap(hour - horizonHours).values()) {
            var first = ids.get(id);
            if (first != null) {
                return Optional.of(first);
            }
        }
        hours.computeIfAbsent(hour, added -> new HashMap<>()).put(id, payload);
        return Optional.empty();
    }
}
