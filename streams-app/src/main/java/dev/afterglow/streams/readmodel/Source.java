package dev.afterglow.streams.readmodel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Where the records come from: a consumer, and what only an admin client can say. */
interface Source extends AutoCloseable {

    /**
     * The cluster and its topics as they are now.
     *
     * @throws KafkaException when the broker does not answer or a topic does not exist yet
     */
    Description describe(Collection<String> topics);

    /** The consumer, for the thread that made the source. */
    Consumer<byte[], byte[]> consumer();

    @Override
    void close();

    /**
     * @param origin identity of cluster and topics
     * @param partitions number of partitions by topic
     */
    record Description(Origin origin, Map<String, Integer> partitions) {

        /** All partitions of all topics. */
        List<TopicPartition> all() {
            return partitions.entrySet().stream()
                    .flatMap(topic -> IntStream.range(0, topic.getValue())
                            .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
                    .toList();
        }
    }
}
