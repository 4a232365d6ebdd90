package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.runtime.Service;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class RegistryOutageIT {

    private static final ExperimentKey EVOLVED = new ExperimentKey("shop", "production", "evolved");

    /** Unless told otherwise, longer than a transaction may take here before the broker aborts it. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("registry.outage.seconds", 14));

    private static final Duration OUTAGE_AT_START = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @Test
    void waitsForTheRegistryUnderLoadAndAtStartAndLosesNothing(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        Service service = null;
        try (var gate = new Gate(cluster.schemaRegistryUrl());
                var sender = stand.sender()) {
            service = stand.start("one", "schema.registry.url", gate.url());
            try (var load = Load.start(sender, traffic, 500)) {
                var first = new Api(service.url());
                await().atMost(Duration.ofSeconds(60)).until(() -> first.sums().counted() > 0);

                // when
                gate.set(Gate.State.REFUSING);
                sendEvolved(cluster, stand, sender, traffic, "added");
                pass(OUTAGE.dividedBy(2));
                gate.set(Gate.State.SILENT);
                pass(OUTAGE.dividedBy(2));
                gate.set(Gate.State.OPEN);
                await().atMost(Duration.ofSeconds(60)).until(() -> first.hasSeen(EVOLVED));

                gate.set(Gate.State.REFUSING);
                service.close();
                sendEvolved(cluster, stand, sender, traffic, "addedLater");
                var starting =
                        CompletableFuture.supplyAsync(() -> stand.start("one", "schema.registry.url", gate.url()));
                pass(OUTAGE_AT_START);
                gate.set(Gate.State.OPEN);
                service = starting.get(60, TimeUnit.SECONDS);
                long events = load.stop();

                // then
                mustHaveCounted(service, traffic, events, 2);
                assertThat(stand.committed().raw(stand.topics().deadLetters())).isEmpty();
            }
        } finally {
            if (service != null) {
                service.close();
            }
        }
    }

    @Test
    void endsWithAReasonWhenTheRegistryStaysAwayAndLosesNothing(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        int exitCode;
        try (var gate = new Gate(cluster.schemaRegistryUrl());
                var sender = stand.sender();
                var child = stand.startChild(
                        "one", "schema.registry.url", gate.url(), "afterglow.registry.retry.budget.ms", "3000")) {
            var api = new Api(child.url());
            sender.send(traffic, 0, 300);
            sender.await();
            api.awaitSettled();

            // when
            gate.set(Gate.State.REFUSING);
            sendEvolved(cluster, stand, sender, traffic, "added");
            sender.send(traffic, 300, 600);
            sender.await();
            exitCode = child.exitCode(Duration.ofSeconds(60));

            // then
            assertThat(exitCode).isEqualTo(1);
            assertThat(child.output())
                    .anyMatch(line -> line.startsWith("afterglow run: the service cannot go on")
                            && line.contains("No record is lost"));
        }
        try (var service = stand.start("one")) {
            mustHaveCounted(service, traffic, 600, 1);
        }
        assertThat(stand.committed().raw(stand.topics().deadLetters())).isEmpty();
    }

    private static void mustHaveCounted(Service service, Traffic traffic, long events, long evolved) throws Exception {
        var api = new Api(service.url()).awaitSettled();
        Map<ImpressionKey, Long> expected = new HashMap<>(traffic.countsOf(events));
        expected.put(new ImpressionKey(EVOLVED, traffic.newestHour(), "a"), evolved);
        assertThat(api.counts()).isEqualTo(expected);
        var sums = api.sums();
        sums.mustBalance();
        assertThat(sums.counted()).isEqualTo(events + evolved);
        assertThat(sums.deadLettered()).isZero();
    }

    /** An event of a producer whose schema has one field more; registered by a way that is not shut. */
    private static void sendEvolved(EmbeddedCluster cluster, Stand stand, Sender sender, Traffic traffic, String field)
            throws IOException {
        var event = EvaluationEvent.newBuilder(traffic.event(0))
                .setExperiment(EVOLVED.experiment())
                .setId("evolved-" + field)
                .build();
        var schema = withField(EvaluationEvent.getClassSchema(), field);
        try (var registry = SchemaRegistry.from(Map.of("schema.registry.url", cluster.schemaRegistryUrl()))) {
            int id = registry.register(stand.topics().evaluations().name() + "-value", schema);
            sender.send(event.getUnit(), encode(event, schema, id));
        }
    }

    private static Schema withField(Schema schema, String field) {
        var extra = SchemaBuilder.record("Extra").fields().optionalString(field).endRecord();
        var fields = new java.util.ArrayList<Schema.Field>();
        schema.getFields().forEach(old -> fields.add(new Schema.Field(old, old.schema())));
        extra.getFields().forEach(added -> fields.add(new Schema.Field(added, added.schema())));
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static byte[] encode(EvaluationEvent event, Schema schema, int id) throws IOException {
        var evolved = new GenericData.Record(schema);
        for (var field : EvaluationEvent.getClassSchema().getFields()) {
            var value = event.get(field.pos());
            evolved.put(field.name(), value instanceof Instant time ? (Object) time.toEpochMilli() : value);
        }
        var bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericData.Record>(schema).write(evolved, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }
}
