package dev.afterglow.streams.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Watches an application in Kafka Streams: the offsets its group has committed, and the counts it has published. */
final class StreamsObserver implements Observer {

    private static final int MOST_POLLS = 50;
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final String group;
    private final String source;
    private final long expected;
    private final ToLongFunction<byte[]> countOf;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Tally published = new Tally();

    /**
     * @param group that reads the source
     * @param output topic with whole counts by the keys of {@link Tally}; it has to exist
     * @param expected sum of the counts when all is done
     * @param countOf reads a count
     */
    StreamsObserver(
            Broker broker,
            Cluster cluster,
            DataSet data,
            String group,
            String output,
            long expected,
            ToLongFunction<byte[]> countOf) {
        this.cluster = cluster;
        this.group = group;
        this.source = data.source();
        this.expected = expected;
        this.countOf = countOf;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "max.poll.records",
                        10_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = partitions(output);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** A topic just made is known to a broker a moment later than to the controller. */
    private List<TopicPartition> partitions(String topic) {
        var deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        var partitions = consumer.partitionsFor(topic);
        while (partitions.isEmpty()) {
            if (System.nanoTime() > deadline) {
                consumer.close();
                throw new BenchException("the broker does not know " + topic + " after " + KNOWN_WITHIN);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            partitions = consumer.partitionsFor(topic);
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    @Override
    public long consumed() {
        return cluster.committed(group, source);
    }

    @Override
    public long sum() {
        for (int poll = 0; poll < MOST_POLLS; poll++) {
            var records = consumer.poll(Duration.ofMillis(5));
            if (records.isEmpty()) {
                break;
            }
            records.forEach(record -> published.set(record.key(), countOf.applyAsLong(record.value())));
        }
        return published.sum();
    }

    @Override
    public boolean complete() {
        return published.sum() == expected;
    }

    @Override
    public boolean mayLose() {
        return true;
    }

    @Override
    public Tally result() {
        return published;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
