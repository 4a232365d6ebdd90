package dev.afterglow.streams.runtime;

import dev.afterglow.schemas.topic.Topics;
import org.apache.kafka.streams.Topology;

/**
 * One topology of the flow. Each runs under an application id of its own, so that one can be changed, reset or scaled
 * without the others.
 *
 * @param name of the stage, for example {@code intake}
 * @param threads stream threads of an instance, 1 or more
 * @param topology what it does
 * @param bundled whether its sources are read in bundles
 */
record Stage(String name, int threads, Topology topology, boolean bundled) {

    /** Application id of a stage, which is its consumer group as well. */
    static String applicationId(Topics topics, String stage) {
        return topics.prefix() + stage;
    }
}
