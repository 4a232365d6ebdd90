package dev.afterglow.streams.progress;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/** Asks a real cluster. Used by one thread. */
final class AdminCluster implements Cluster {

    private final Admin admin;
    // The number of partitions of a source may not change while the pipeline runs.
    private final Map<String, Collection<TopicPartition>> partitions = new HashMap<>();

    AdminCluster(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Optional<Instant> newestArrival(Collection<String> topics) {
        var asked = partitionsOf(topics).stream()
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.maxTimestamp()));
        return get(admin.listOffsets(asked).all()).values().stream()
                .filter(newest -> newest.offset() >= 0 && newest.timestamp() >= 0)
                .map(newest -> Instant.ofEpochMilli(newest.timestamp()))
                .max(Instant::compareTo);
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        var asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        // A commit writes its markers partition by partition: the progress row may be visible while the last stable
        // offset of another topic still lies before the outputs of the same transaction. The high watermark does not.
        get(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public Optional<Long> lag(String group) {
        var committed = committed(group);
        if (committed.isEmpty()) {
            return Optional.empty();
        }
        var asked = committed.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var lag = 0L;
        var ends = get(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
        for (var end : ends.entrySet()) {
            lag += Math.max(0, end.getValue().offset() - committed.get(end.getKey()));
        }
        return Optional.of(lag);
    }

    private Map<TopicPartition, Long> committed(String group) {
        var committed = new HashMap<TopicPartition, Long>();
        try {
            get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            committed.put(partition, offset.offset());
                        }
                    });
        } catch (GroupIdNotFoundException e) {
            return Map.of();
        }
        return committed;
    }

    private Collection<TopicPartition> partitionsOf(Collection<String> topics) {
        var unknown =
                topics.stream().filter(topic -> !partitions.containsKey(topic)).toList();
        if (!unknown.isEmpty()) {
            get(admin.describeTopics(unknown).allTopicNames())
                    .forEach((topic, description) -> partitions.put(
                            topic,
                            IntStream.range(0, description.partitions().size())
                                    .mapToObj(partition -> new TopicPartition(topic, partition))
                                    .toList()));
        }
        return topics.stream()
                .map(partitions::get)
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .toList();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
