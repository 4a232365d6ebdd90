package dev.afterglow.streams.runtime;

import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.metrics.Metrics;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** A flow of a counting and a judging stage that only keep and pass on what they read, and what the broker knows of it. */
final class HeldStand implements AutoCloseable {

    static final String COUNTING = "impressions";
    static final String JUDGING = "cost";

    private static final List<String> STAGES = List.of(COUNTING, JUDGING);

    private final String servers;
    private final AppConfig config;
    private final Admin admin;
    private final Metrics metrics = new Metrics();

    /** @param settings of the stages, beside those that they are shipped with */
    HeldStand(EmbeddedCluster cluster, Path directory, Map<String, String> settings) throws Exception {
        servers = cluster.bootstrapServers();
        var all = new HashMap<>(settings);
        all.put("bootstrap.servers", servers);
        all.put("schema.registry.url", cluster.schemaRegistryUrl());
        all.put("afterglow.topic.prefix", SharedCluster.freshPrefix());
        all.put("afterglow.data.dir", directory.toString());
        config = AppConfig.load(Optional.empty(), Map.of(), all);
        admin = Admin.create(config.adminSettings());
        admin.createTopics(Stream.concat(Stream.of(in()), STAGES.stream().map(this::out))
                        .map(topic -> new NewTopic(topic, 1, (short) 1))
                        .toList())
                .all()
                .get();
    }

    /** Starts the flow; the caller closes it. */
    Flow start(KeepingProcessor.Probe counting, KeepingProcessor.Probe judging, CompletableFuture<Throwable> failure) {
        var stages = List.of(stage(COUNTING, counting), stage(JUDGING, judging));
        return new Flow(stages, new StageSettings(config, "one"), metrics, Clock.systemUTC(), failure);
    }

    private Stage stage(String name, KeepingProcessor.Probe probe) {
        return new Stage(name, 1, KeepingProcessor.topology(in(), out(name), probe), false);
    }

    void send(int records) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            for (int record = 0; record < records; record++) {
                producer.send(new ProducerRecord<>(in(), "key-" + record, "value"));
            }
        }
    }

    /** The end of what the judging stage has written, for readers of a kind. */
    long end(IsolationLevel level) throws ExecutionException, InterruptedException {
        var partition = new TopicPartition(out(JUDGING), 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** How many records the judging stage has read for good. */
    long readByJudging() throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(Stage.applicationId(config.topics(), JUDGING))
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .mapToLong(committed -> committed.offset())
                .sum();
    }

    /** Transactions of the judging stage that are under way. */
    long open() throws ExecutionException, InterruptedException {
        var states = List.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);
        return admin.listTransactions(new ListTransactionsOptions().filterStates(states)).all().get().stream()
                .filter(transaction ->
                        transaction.transactionalId().startsWith(Stage.applicationId(config.topics(), JUDGING)))
                .count();
    }

    /** Has the stages restore all that they keep. */
    void loseState() throws IOException {
        try (Stream<Path> files = Files.walk(StageSettings.stateDirectory(config))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String in() {
        return config.topics().prefix() + "in";
    }

    private String out(String stage) {
        return config.topics().prefix() + "out-of-" + stage;
    }

    @Override
    public void close() {
        admin.close();
        metrics.close();
    }
}
