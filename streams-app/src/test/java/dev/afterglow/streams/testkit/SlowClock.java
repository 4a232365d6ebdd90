package dev.afterglow.streams.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Each look at it takes some time: so does all that is done between two of them. */
public final class SlowClock extends Clock {

    private final long step;
    private long millis;

    /** @param step milliseconds that a look takes */
    public SlowClock(long step) {
        this.step = step;
    }

    @Override
    public long millis() {
        return millis += step;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
