package dev.afterglow.streams.readmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What a store was filled from, and whether it may go on from where it was.
 *
 * @param cluster id of the Kafka cluster
 * @param topicIds id of every topic by name: one that was deleted and made again has another
 */
record Origin(String cluster, Map<String, String> topicIds) {

    /**
     * A compacted topic forgets a tombstone a day after it was written ({@code delete.retention.ms}); who was away for
     * longer may have missed one. Half of that leaves room for the tombstones written just before.
     */
    static final Duration LONGEST_ABSENCE = Duration.ofHours(12);

    private static final String FORMAT = "format";
    private static final String CLUSTER = "cluster";
    private static final String TOPIC = "topic/";

    /** What a store filled from here says about itself. */
    Map<String, String> meta(Instant now) {
        var meta = new HashMap<String, String>();
        meta.put(FORMAT, Format.current());
        meta.put(CLUSTER, cluster);
        meta.put(Batch.TOUCHED, now.toString());
        topicIds.forEach((topic, id) -> meta.put(TOPIC + topic, id));
        return meta;
    }

    /**
     * Why a store cannot go on and has to be built anew; empty when it can. A store that was never filled gives
     * {@code "it is new"}.
     */
    Optional<String> objection(
            Map<String, String> stored,
            Map<TopicPartition, Long> offsets,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends,
            Instant now) {
        if (stored.isEmpty()) {
            return Optional.of("it is new");
        }
        if (!Format.current().equals(stored.get(FORMAT))) {
            return Optional.of("another version of the program wrote it");
        }
        if (!cluster.equals(stored.get(CLUSTER))) {
            return Optional.of("it was filled from another Kafka cluster");
        }
        for (var topic : topicIds.entrySet()) {
            if (!topic.getValue().equals(stored.get(TOPIC + topic.getKey()))) {
                return Optional.of("topic " + topic.getKey() + " was made anew");
            }
        }
        for (var offset : offsets.entrySet()) {
            var beginning = beginnings.get(offset.getKey());
            var end = ends.get(offset.getKey());
            if (beginning == null || offset.getValue() < beginning || offset.getValue() > end) {
                return Optional.of("offset " + offset.getValue() + " of " + offset.getKey() + " is gone");
            }
        }
        if (Instant.parse(stored.get(Batch.TOUCHED)).plus(LONGEST_ABSENCE).isBefore(now)) {
            return Optional.of("it was away for more than " + LONGEST_ABSENCE.toHours()
                    + " h, so that compaction may have removed tombstones it has not seen");
        }
        return Optional.empty();
    }
}
