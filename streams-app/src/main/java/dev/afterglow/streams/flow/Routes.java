package dev.afterglow.streams.flow;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Where records go when their key alone does not say it. */
public final class Routes {

    private static final char PARTITION = '#';

    private Routes() {}

    /**
     * For topics between the stages: a record without a key goes to every partition, one whose key was made by
     * {@link #toPartition} to that partition, any other where its key leads.
     */
    public static <V> StreamPartitioner<String, V> betweenStages() {
        return (topic, key, value, partitions) -> {
            if (key == null) {
                return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
            }
            return key.charAt(0) == PARTITION
                    ? Optional.of(Set.of(Integer.parseInt(key.substring(1))))
                    : Optional.empty();
        };
    }

    /** For topics that are read by their whole key: where Kafka's own partitioner sends it. */
    public static <V> StreamPartitioner<String, V> byKey() {
        return (topic, key, value, partitions) -> Optional.empty();
    }

    /** For topics whose key begins with the key they are partitioned by, of so many parts between slashes. */
    public static <V> StreamPartitioner<String, V> byLeadingParts(int parts) {
        return (topic, key, value, partitions) -> Optional.of(Set.of(partitionOf(leading(key, parts), partitions)));
    }

    /** Where Kafka's own partitioner sends a key, in every client that hashes as the Java producer does. */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** Key under which a message is for one partition; no slug begins like it. */
    public static String toPartition(int partition) {
        return PARTITION + Integer.toString(partition);
    }

    private static String leading(String key, int parts) {
        int end = -1;
        for (int i = 0; i < parts; i++) {
            end = key.indexOf('/', end + 1);
            if (end < 0) {
                return key;
            }
        }
        return key.substring(0, end);
    }
}
