package dev.afterglow.streams.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Generated traffic for tests. */
final class Records {

    /** Early on the first of a month, so that two months and two zones' idea of them are involved. */
    static final Instant NOW = Instant.parse("2026-11-01T09:41:17.123Z");

    private Records() {}

    static List<GeneratedRecord> all(TrafficGenerator traffic) {
        var records = new ArrayList<GeneratedRecord>();
        traffic.firstPart(records::add);
        traffic.secondPart(records::add);
        return records;
    }
}
