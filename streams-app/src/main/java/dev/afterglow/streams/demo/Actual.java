package dev.afterglow.streams.demo;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.List;
import java.util.Map;

/**
 * What the pipeline says, as a user of its API sees it.
 *
 * @param counts impressions by experiment, variant and hour
 * @param totals impressions of every experiment, by its own account
 * @param conservation what became of all records
 * @param bills by account and month
 * @param alerts newest state of every alert
 */
record Actual(
        Map<ExperimentKey, Map<Cell, Long>> counts,
        Map<ExperimentKey, Long> totals,
        Conservation conservation,
        List<Bill> bills,
        List<ActualAlert> alerts) {}
