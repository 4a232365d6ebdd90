package dev.afterglow.streams.cleanup;

import dev.afterglow.streams.flow.Quarters;
import java.time.Duration;
import java.time.Instant;

/**
 * Up to where cases may be judged. The traffic of an hour is complete when the watermark is the settle time past its
 * end. A definition takes effect at its own time, but behind the hour before it, so that cases are judged in the order
 * in which things happened, however they arrive.
 *
 * @param watermark everything that arrived before it has been read
 * @param settle how long after the end of an hour its traffic is waited for
 */
public record Frontier(Instant watermark, Duration settle) {

    /** The newest full hour whose traffic is complete. */
    public Instant hour() {
        return Quarters.hourOf(watermark.minus(settle));
    }

    /** The last instant at which a case may be judged, to the millisecond. */
    public Instant limit() {
        var endOfHour = hour().plus(Duration.ofHours(1)).minusMillis(1);
        return endOfHour.isBefore(watermark) ? endOfHour : watermark;
    }
}
