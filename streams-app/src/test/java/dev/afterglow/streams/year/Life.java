package dev.afterglow.streams.year;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * All that happens to an experiment in a year.
 *
 * @param key the experiment
 * @param versions of its definition, in the order of time
 * @param traffic impressions by the start of their quarter-hour
 * @param blue those of them, where there are any, that variant 'blue' got; the others got 'green'
 */
public record Life(
        ExperimentKey key,
        List<ExperimentDefinition> versions,
        SortedMap<Instant, Long> traffic,
        SortedMap<Instant, Long> blue) {}
