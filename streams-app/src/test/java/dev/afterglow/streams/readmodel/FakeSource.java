package dev.afterglow.streams.readmodel;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;

import dev.afterglow.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics of one partition each, whose records are given before the read model starts. */
final class FakeSource implements Source {

    private final String cluster;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();

    FakeSource(String cluster) {
        this.cluster = cluster;
        for (var topic : TOPICS.all()) {
            ends.put(partition(topic), 0L);
        }
        consumer.updateBeginningOffsets(ends);
    }

    static TopicPartition partition(Topic<?> topic) {
        return new TopicPartition(topic.name(), 0);
    }

    void add(Topic<?> topic, String key, Object value) {
        addBytes(topic, key, InternalDecoders.encode(topic, value));
    }

    void addBytes(Topic<?> topic, String key, byte[] value) {
        var offset = ends.merge(partition(topic), 1L, Long::sum) - 1;
        var bytes = key.getBytes(StandardCharsets.UTF_8);
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(topic.name(), 0, offset, bytes, value)));
    }

    /** Leaves out offsets that have been read before. */
    void skip(Topic<?> topic, long records) {
        ends.merge(partition(topic), records, Long::sum);
    }

    void failToDescribe(int times) {
        refusals.set(times);
    }

    @Override
    public Description describe(Collection<String> topics) {
        if (refusals.getAndDecrement() > 0) {
            throw new UnknownTopicOrPartitionException("not there yet");
        }
        consumer.updateEndOffsets(ends);
        return new Description(
                new Origin(cluster, topics.stream().collect(Collectors.toMap(Function.identity(), topic -> "id"))),
                topics.stream().collect(Collectors.toMap(Function.identity(), topic -> 1)));
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    @Override
    public void close() {
        // Handed out again after a failure.
    }
}
