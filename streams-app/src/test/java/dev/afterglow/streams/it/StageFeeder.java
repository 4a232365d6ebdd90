package dev.afterglow.streams.it;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.year.YearFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;

/** Sends to a broker what the stage of clean-up reads, where and how the stages before it would. */
public final class StageFeeder implements YearFeed.Inlet, AutoCloseable {

    private final Topics topics;
    private final int partitions;
    private final Connection connection;
    private final Producer<String, byte[]> producer;
    private final Serializer<FlowMessage> messages =
            StateSerde.of(FlowMessage.class).serializer();
    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();
    private long sent;

    /** Makes the topics. */
    public StageFeeder(AppConfig config) {
        topics = config.topics();
        connection = new Connection(config);
        partitions = connection.createTopics().partitions(topics.traffic());
        producer = connection.producer(Map.of());
    }

    public void policies(List<ProjectPolicy> versions) {
        var topic = topics.projects();
        versions.forEach(version -> underWay.add(producer.send(
                new ProducerRecord<>(topic.name(), version.getProject(), connection.encode(topic, version)))));
        awaitSent();
    }

    public void plans(List<PricePlan> versions) {
        var topic = topics.pricePlans();
        versions.forEach(version -> underWay.add(producer.send(
                new ProducerRecord<>(topic.name(), version.getAccount(), connection.encode(topic, version)))));
        awaitSent();
    }

    /** Of the topic of traffic, and with it of the stage. */
    public int partitions() {
        return partitions;
    }

    /** How many records were sent to the stage. */
    public long sent() {
        return sent;
    }

    @Override
    public void define(ExperimentKey experiment, ExperimentDefinition version) {
        var value = connection.encode(topics.experiments(), version);
        sendToStage(topics.experiments(), null, experiment.toString(), value);
    }

    @Override
    public void traffic(List<ExperimentDeltas> deltas, Map<Instant, Long> projectHours) {
        deltas.stream()
                .collect(Collectors.groupingBy(this::partitionOf))
                .forEach((partition, own) -> DeltaMessages.pack(own, message -> send(partition, message)));
        projectHours.forEach(
                (hour, count) -> sendToAll(new FlowMessage(new ProjectTraffic("shop", "production", hour, count))));
    }

    @Override
    public void watermark(Instant readUpTo) {
        sendToAll(new FlowMessage(new Watermark(0, readUpTo)));
        awaitSent();
    }

    /** Waits until the broker has all of it. */
    public void awaitSent() {
        producer.flush();
        underWay.forEach(StageFeeder::requireSent);
        underWay.clear();
    }

    private int partitionOf(ExperimentDeltas deltas) {
        return Routes.partitionOf(DeltaMessages.experimentOf(deltas).toString(), partitions);
    }

    private void sendToAll(FlowMessage message) {
        for (int partition = 0; partition < partitions; partition++) {
            send(partition, message);
        }
    }

    private void send(int partition, FlowMessage message) {
        var topic = topics.traffic();
        sendToStage(topic, partition, Routes.toPartition(partition), messages.serialize(topic.name(), message));
    }

    private void sendToStage(Topic<?> topic, Integer partition, String key, byte[] value) {
        underWay.add(producer.send(new ProducerRecord<>(topic.name(), partition, key, value)));
        sent++;
    }

    private static void requireSent(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        connection.close();
    }
}
