package dev.afterglow.alerts.money;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of a period in which one plan prices all impressions.
 *
 * @param start first instant
 * @param end first instant after it
 * @param schedule the prices; empty when its impressions are unpriced
 */
public record PricingSegment(Instant start, Instant end, Optional<PriceSchedule> schedule) {

    boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }
}
