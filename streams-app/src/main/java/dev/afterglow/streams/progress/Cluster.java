package dev.afterglow.streams.progress;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What the settlement asks the broker. All methods throw {@code KafkaException} when it does not answer. */
interface Cluster {

    /** Arrival time of the newest record of the topics; empty when they hold none. */
    Optional<Instant> newestArrival(Collection<String> topics);

    /** Offset after the last record of each partition, records of open transactions included. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions);

    /** Records that a consumer group has yet to read; empty while it has committed no offsets. */
    Optional<Long> lag(String group);
}
