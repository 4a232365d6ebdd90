package dev.afterglow.alerts.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times for people, in UTC. */
public final class UtcText {

    private UtcText() {}

    /** To the minute, as {@code 2026-11-24 09:30}. */
    public static String minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).toString().replace("T", " ").replace(":00Z", "");
    }
}
