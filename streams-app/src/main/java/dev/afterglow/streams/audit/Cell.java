package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ImpressionKey;

/**
 * What a count is of.
 *
 * @param key experiment, UTC hour and variant
 * @param policy under which it was counted
 */
record Cell(ImpressionKey key, CountingPolicy policy) {

    @Override
    public String toString() {
        return key + " " + policy;
    }
}
