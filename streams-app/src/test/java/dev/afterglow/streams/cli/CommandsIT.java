package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.SerdeFactory;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class CommandsIT {

    private final String prefix = SharedCluster.freshPrefix();

    @TempDir
    Path directory;

    @Test
    void makesMissingTopicsOnceAndFindsThemAfterwards(EmbeddedCluster cluster) {
        // given
        var before = run(cluster, "topics");
        var made = run(cluster, "topics", "--apply");

        // when
        var after = run(cluster, "topics");

        // then
        assertThat(List.of(before.code(), made.code(), after.code())).containsExactly(1, 0, 0);
        assertThat(before.out()).contains("20 missing", "missing    4  " + prefix + "evaluations");
        assertThat(made.out()).contains("created    4  " + prefix + "evaluations");
        assertThat(after.out()).contains("present    4  " + prefix + "evaluations");
    }

    @Test
    void reportsATopicThatIsThereButWrong(EmbeddedCluster cluster) throws Exception {
        // given
        try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(prefix + "costs", 3, (short) 1),
                            new NewTopic(prefix + "account-costs", 5, (short) 1)))
                    .all()
                    .get();
        }

        // when
        var result = run(cluster, "topics", "--apply");

        // then
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "error: cleanup.policy of " + prefix + "costs is delete: kafka-configs.sh",
                        "error: message.timestamp.type of " + prefix + "costs is CreateTime",
                        "note: retention.ms is 604800000, the catalogue has 34560000000",
                        prefix + "costs has 3, " + prefix + "account-costs has 5");
    }

    @Test
    void appliesDefinitions(EmbeddedCluster cluster) throws IOException {
        // given
        run(cluster, "topics", "--apply");
        var file = Files.writeString(directory.resolve("a.yaml"), "projects: [{project: shop, account: acme}]");

        // when
        var result = run(cluster, "apply", "-f", file.toString());

        // then
        assertThat(result)
                .isEqualTo(new Commands.Result(
                        0,
                        String.format("project     shop, version 1%n1 sent to %s%n", cluster.bootstrapServers()),
                        ""));
        assertThat(read(cluster, new Topics(prefix).projects()))
                .extracting(ProjectPolicy::getAccount)
                .containsExactly("acme");
    }

    @Test
    void refusesToSendToTopicsThatAreMissing(EmbeddedCluster cluster) throws IOException {
        // given
        var file = Files.writeString(directory.resolve("a.yaml"), "projects: [{project: shop}]");

        // when
        var result = run(cluster, "apply", "-f", file.toString());

        // then
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("missing on", prefix + "projects", "afterglow topics --apply");
    }

    @Test
    void replaysAPackedFileAndWaits(EmbeddedCluster cluster) throws IOException {
        // given
        run(cluster, "topics", "--apply");
        var file = directory.resolve("log.csv.gz");
        try (var writer =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            writer.write("at,item,user\n");
            for (int i = 0; i < 1000; i++) {
                writer.write("2019-11-24 00:01:03.979311+00:00," + i % 10 + ",u" + i % 7 + "\n");
            }
            writer.write("never,1,u\n");
        }

        // when
        var result = run(
                cluster,
                "replay",
                file.toString(),
                "--project=shop",
                "--experiment=item-{item}",
                "--variant=on",
                "--unit={user}",
                "--time=at",
                "--wait");

        // then
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("1,001 rows: 1,000 sent, 1 skipped as bad");
        assertThat(result.err().lines())
                .containsExactly(
                        "row 1001 (line 1002) skipped: 'never' is no usable time",
                        "waiting for the pipeline to settle",
                        "settled");
        assertThat(read(cluster, new Topics(prefix).evaluations()))
                .extracting(EvaluationEvent::getId)
                .hasSize(1000)
                .doesNotHaveDuplicates();
    }

    private Commands.Result run(EmbeddedCluster cluster, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers", cluster.bootstrapServers(),
                "--schema-registry-url", cluster.schemaRegistryUrl(),
                "--topic-prefix", prefix));
        return Commands.run(all.toArray(String[]::new));
    }

    private <V extends SpecificRecord> List<V> read(EmbeddedCluster cluster, Topic<V> topic) {
        var config = AppConfig.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "schema.registry.url",
                        cluster.schemaRegistryUrl(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"));
        var settings = config.serdeSettings();
        try (var registry = SchemaRegistry.from(settings);
                var serde = new SerdeFactory(settings, registry).valueSerde(topic.valueType());
                var consumer = new KafkaConsumer<>(
                        config.consumerSettings(), new StringDeserializer(), serde.deserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            var values = new ArrayList<V>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
