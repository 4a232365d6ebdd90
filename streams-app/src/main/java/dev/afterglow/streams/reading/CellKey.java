package dev.afterglow.streams.reading;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;

/**
 * What one count stands for.
 *
 * @param experiment which experiment
 * @param variant which variant of it
 * @param quarter start of the quarter-hour
 * @param policy under which it is counted
 */
public record CellKey(ExperimentKey experiment, String variant, Instant quarter, CountingPolicy policy) {}
