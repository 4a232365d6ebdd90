package dev.afterglow.streams.config;

import java.time.Duration;

/**
 * Times of the flow.
 *
 * @param costPublishInterval least time between cost messages of an account, 1 ms or more
 * @param watermarkInterval time between watermarks, 1 ms or more
 * @param settleTime how long the watermark waits for events under way, 0 or more
 * @param registryRetryBudget how long a failing registry is tried again, 0 or more, below {@code max.poll.interval.ms}
 * @param lateness how late an event may arrive, 1 to 3650 days
 * @param futureTolerance how far an event may be dated after its arrival, 0 or more
 */
public record FlowConfig(
        Duration costPublishInterval,
        Duration watermarkInterval,
        Duration settleTime,
        Duration registryRetryBudget,
        Duration lateness,
        Duration futureTolerance) {

    static FlowConfig read(ConfigReader reader) {
        return new FlowConfig(
                reader.millis(ConfigKey.COST_PUBLISH_INTERVAL, 1),
                reader.millis(ConfigKey.WATERMARK_INTERVAL, 1),
                reader.millis(ConfigKey.SETTLE_TIME, 0),
                reader.millis(ConfigKey.REGISTRY_RETRY_BUDGET, 0),
                Duration.ofDays(reader.integer(ConfigKey.LATENESS, 1, 3650)),
                reader.millis(ConfigKey.FUTURE_TOLERANCE, 0));
    }
}
