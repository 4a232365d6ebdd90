package dev.afterglow.streams.progress;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far the flow had come at an instant.
 *
 * @param settled whether everything that had arrived by {@code asOf} can be read from this instance
 * @param watermark everything that arrived before has passed every stage, UTC; empty while a stage has not reported
 * @param served everything that arrived before can be read from this instance, UTC; empty while that is not known
 * @param asOf the instant, UTC
 * @param lag records that each stage, and {@code read-model}, has yet to read; stages without offsets are left out
 */
public record SettlementStatus(
        boolean settled, Optional<Instant> watermark, Optional<Instant> served, Instant asOf, Map<String, Long> lag) {

    /** Nothing is known yet. */
    public static SettlementStatus unknown(Instant asOf) {
        return new SettlementStatus(false, Optional.empty(), Optional.empty(), asOf, Map.of());
    }
}
