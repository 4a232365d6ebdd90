package dev.afterglow.streams.bench;

import dev.afterglow.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** What the benchmark asks of the broker. */
final class Cluster implements AutoCloseable {

    private static final Duration GONE_WITHIN = Duration.ofSeconds(60);
    private static final long POLL_MS = 100;
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";

    private final Admin admin;

    Cluster(Broker broker) {
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    void create(String topic, int partitions) {
        get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all());
    }

    /** A topic whose records keep the times they are sent with, until {@link #stampOnArrival}. */
    void createUnstamped(Topic<?> topic, int partitions) {
        var config = new HashMap<>(topic.config());
        config.put(TIMESTAMP_TYPE, "CreateTime");
        get(admin.createTopics(List.of(new NewTopic(topic.name(), partitions, (short) 1).configs(config)))
                .all());
    }

    void stampOnArrival(Topic<?> topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        var set = new AlterConfigOp(new ConfigEntry(TIMESTAMP_TYPE, "LogAppendTime"), AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all());
    }

    /** Records of a topic that a group has committed. */
    long committed(String group, String topic) {
        var offsets = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return offsets.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .map(Map.Entry::getValue)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** Bytes on disk by topic, for the topics chosen. */
    Map<String, Long> bytes(Predicate<String> chosen) {
        var nodes = get(admin.describeCluster().nodes()).stream()
                .map(node -> node.id())
                .toList();
        var sizes = new TreeMap<String, Long>();
        get(admin.describeLogDirs(nodes).allDescriptions()).values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(entry -> chosen.test(entry.getKey().topic()))
                .forEach(entry ->
                        sizes.merge(entry.getKey().topic(), entry.getValue().size(), Long::sum));
        return sizes;
    }

    /** Deletes topics and groups, and waits until they are gone. Their members must have ended. */
    void delete(Predicate<String> topics, Predicate<String> groups) throws InterruptedException {
        var doomedGroups = get(admin.listGroups().valid()).stream()
                .map(group -> group.groupId())
                .filter(groups)
                .toList();
        for (var group : doomedGroups) {
            removeGroup(group);
        }
        var doomed = topics(topics);
        get(admin.deleteTopics(doomed).all());
        var deadline = System.nanoTime() + GONE_WITHIN.toNanos();
        while (!topics(topics).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new BenchException("these topics could not be deleted: " + topics(topics));
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** A static member keeps its place in its group after its end: the next run would wait for it. */
    private void removeGroup(String group) {
        var described = get(admin.describeConsumerGroups(List.of(group)).all()).get(group);
        if (!described.members().isEmpty()) {
            get(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all());
        }
        get(admin.deleteConsumerGroups(List.of(group)).all());
    }

    private Collection<String> topics(Predicate<String> chosen) {
        return new ArrayList<>(
                get(admin.listTopics().names()).stream().filter(chosen).toList());
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new BenchException("the broker refused: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
