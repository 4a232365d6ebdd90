package dev.afterglow.alerts.time;

import java.time.Instant;

/** Times that can be reckoned with: far ones overflow as soon as days are added to them. */
public final class UsableTime {

    /** What to do about one that is not. */
    public static final String REMEDY = "is no usable time: give one between 1970 and 9998, in UTC";

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private UsableTime() {}

    /** Whether a time lies between 1970 and 9998. */
    public static boolean is(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(END);
    }
}
