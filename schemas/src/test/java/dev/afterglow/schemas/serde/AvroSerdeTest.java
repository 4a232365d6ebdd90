package dev.afterglow.schemas.serde;

import static dev.afterglow.schemas.serde.Samples.SUBJECT;
import static dev.afterglow.schemas.serde.Samples.TOPIC;
import static dev.afterglow.schemas.serde.Samples.V1;
import static dev.afterglow.schemas.serde.Samples.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.schemas.registry.InMemorySchemaRegistry;
import dev.afterglow.schemas.registry.MockScopes;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.RegistryRefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private static final String SCOPE = "avro-serde-test";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<Sighting> serde = AvroSerde.of(Sighting.class, registry);

    @AfterEach
    void forget() {
        MockScopes.drop(SCOPE);
    }

    @Test
    void writesMagicThenBigEndianIdThenAvroBinary() {
        // given
        for (int i = 0; i < 257; i++) {
            registry.register("filler", SchemaBuilder.record("F" + i).fields().endRecord());
        }
        // when
        byte[] bytes = serde.serializer().serialize(TOPIC, sighting("x"));
        // then: id 258; "x"; 7; 1000 ms; GREEN; a Place "hill"; tags a, b; notes k=v
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("00" + "00000102" + "0278" + "0e" + "d00f" + "04" + "02" + "0868696c6c" + "04" + "0261"
                        + "0262" + "00" + "02" + "026b" + "0276" + "00");
    }

    @Test
    void readsWhatItWrote() {
        byte[] bytes = serde.serializer().serialize(TOPIC, sighting("x"));

        Sighting back = serde.deserializer().deserialize(TOPIC, bytes);

        assertThat(back).isEqualTo(sighting("x"));
        assertThat(back.getTags().get(0)).isInstanceOf(String.class);
    }

    @Test
    void keepsNullNull() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void resolvesAnOlderWritersSchemaOfAnotherNamespace() {
        // given
        GenericRecord old = new GenericRecordBuilder(V1)
                .set("id", "old")
                .set("count", 3)
                .set("seenAt", 5L)
                .set("gone", "away")
                .build();
        byte[] bytes = new AvroSerializer<GenericRecord>(registry).serialize(TOPIC, old);
        // when
        Sighting read = serde.deserializer().deserialize(TOPIC, bytes);
        // then
        assertThat(read.getCount()).isEqualTo(3);
        assertThat(read.getSeenAt()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(read.getColour()).isEqualTo(Colour.UNKNOWN);
        assertThat(read.getTags()).isEmpty();
    }

    @Test
    void readsFewerFieldsThanWereWrittenWhenAskedTo() {
        // given
        Schema slim =
                SchemaBuilder.record("Sighting").fields().requiredString("id").endRecord();
        byte[] bytes = serde.serializer().serialize(TOPIC, sighting("x"));
        // when
        GenericRecord read = AvroDeserializer.of(slim, registry).deserialize(TOPIC, bytes);
        // then
        assertThat(read.get("id")).hasToString("x");
        assertThat(read.getSchema()).isSameAs(slim);
    }

    @Test
    void registersTheSchemaWithoutJavasOwnPropertiesUnderTheTopicsName() {
        serde.serializer().serialize(TOPIC, sighting("x"));

        assertThat(registry.latest(SUBJECT).schema().toString())
                .doesNotContain("avro.java")
                .contains("timestamp-millis");
    }

    @Test
    void givesRecordsOfOneShapeOneIdWhetherGenericOrGenerated() {
        // given
        byte[] generated = serde.serializer().serialize(TOPIC, sighting("x"));
        GenericRecord read = generic(Map.of()).deserialize(TOPIC, generated);
        // when
        byte[] generic = new AvroSerializer<GenericRecord>(MockScopes.scope(SCOPE)).serialize(TOPIC, read);
        // then
        assertThat(generic).isEqualTo(generated);
    }

    @Test
    void readsGenericRecordsByDefaultAndGeneratedOnesWhenToldTo() throws Exception {
        // given
        Map<String, Object> configs = Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", true);
        Serde<SpecificRecord> specific = byClassName();
        specific.configure(configs, false);
        // when
        byte[] bytes = specific.serializer().serialize(TOPIC, sighting("x"));
        // then
        assertThat(specific.deserializer().deserialize(TOPIC, bytes)).isEqualTo(sighting("x"));
        assertThat(generic(Map.of()).deserialize(TOPIC, bytes)).isInstanceOf(GenericData.Record.class);
    }

    @Test
    void callsARecordPoisonWhenNoClassHasTheWritersName() throws Exception {
        // given
        Serde<SpecificRecord> specific = byClassName();
        specific.configure(Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", "true"), false);
        int id = MockScopes.scope(SCOPE).register(SUBJECT, V1);
        // when, then
        assertThatThrownBy(() -> specific.deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 0, (byte) id}))
                .isInstanceOf(PoisonException.class)
                .hasMessageContaining("elsewhere.Sighting");
    }

    @Test
    void usesTheKeysSubjectForKeys() {
        // given
        AvroSerde<Sighting> key = AvroSerde.of(Sighting.class, registry);
        key.configure(Map.of(), true);
        // when
        key.serializer().serialize(TOPIC, sighting("x"));
        // then
        assertThat(registry.latest("sightings-key").id()).isEqualTo(1);
    }

    @Test
    void registersNothingWhenToldNotTo() {
        // given
        serde.configure(Map.of("auto.register.schemas", false), false);
        // when, then
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, sighting("x")))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining(SUBJECT);
        registry.register(SUBJECT, Sighting.getClassSchema());
        assertThat(serde.serializer().serialize(TOPIC, sighting("x"))).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void writesAsTheLatestVersionWhenToldTo() {
        // given
        Schema wider = SchemaBuilder.record("dev.afterglow.schemas.serde.Sighting")
                .fields()
                .name("added")
                .type()
                .stringType()
                .stringDefault("none")
                .requiredLong("count")
                .requiredString("id")
                .endRecord();
        int latest = registry.register(SUBJECT, wider);
        serde.configure(Map.of("auto.register.schemas", false, "use.latest.version", true), false);
        // when
        byte[] bytes = serde.serializer().serialize(TOPIC, sighting("x"));
        // then
        GenericRecord read = AvroDeserializer.of(wider, registry).deserialize(TOPIC, bytes);
        assertThat(WireFormat.schemaId(bytes)).isEqualTo(latest);
        assertThat(read).hasToString("{\"added\": \"none\", \"count\": 7, \"id\": \"x\"}");
    }

    @Test
    void refusesToWriteAsALatestVersionThatCannotReadIt() {
        // given
        registry.register(
                SUBJECT,
                SchemaBuilder.record("dev.afterglow.schemas.serde.Sighting")
                        .fields()
                        .requiredString("unheardOf")
                        .endRecord());
        serde.configure(Map.of("auto.register.schemas", false, "use.latest.version", true), false);
        // when, then
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, sighting("x")))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("unheardOf");
    }

    @Test
    void writesCleanlyAfterARecordThatCouldNotBeWritten() {
        // given
        Schema schema = SchemaBuilder.record("Pair")
                .fields()
                .requiredString("a")
                .requiredString("b")
                .endRecord();
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(registry);
        GenericRecord half = new GenericData.Record(schema);
        half.put("a", "left over");
        assertThatThrownBy(() -> serializer.serialize(TOPIC, half)).isInstanceOf(PoisonException.class);
        half.put("b", "x");
        half.put("a", "y");
        // when
        byte[] bytes = serializer.serialize(TOPIC, half);
        // then
        assertThat(bytes).containsExactly(0, 0, 0, 0, 1, 2, 'y', 2, 'x');
    }

    @Test
    void writesASmallRecordRightAfterAHugeOne() {
        // given
        byte[] huge = serde.serializer().serialize(TOPIC, sighting("x".repeat(3_000_000)));
        // when
        byte[] small = serde.serializer().serialize(TOPIC, sighting("x"));
        // then
        assertThat(huge.length).isGreaterThan(3_000_000);
        assertThat(serde.deserializer().deserialize(TOPIC, small)).isEqualTo(sighting("x"));
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        // given
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            // when
            for (int thread = 0; thread < 8; thread++) {
                int own = thread;
                results.add(threads.submit(() -> everyRoundTripIsExact("thread-" + own)));
            }
            // then
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysThatItIsNotConfigured() {
        Deserializer<Sighting> fresh = AvroDeserializer.of(Sighting.class);

        assertThatThrownBy(() -> fresh.deserialize(TOPIC, new byte[5]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configure");
    }

    @Test
    void refusesSubjectStrategiesThatItDoesNotHave() {
        assertThatThrownBy(() -> serde.configure(
                        Map.of("value.subject.name.strategy", "io.confluent.x.TopicRecordNameStrategy"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.subject.name.strategy");
        serde.configure(Map.of("value.subject.name.strategy", "io.confluent.x.TopicNameStrategy"), false);
    }

    @Test
    void isFoundByItsPartsClassNamesToo() throws Exception {
        // given
        Map<String, String> configs = Map.of("schema.registry.url", "mock://" + SCOPE);
        @SuppressWarnings("unchecked")
        Serializer<Sighting> serializer = Utils.newInstance(AvroSerializer.class.getName(), Serializer.class);
        serializer.configure(configs, false);
        // when
        byte[] bytes = serializer.serialize(TOPIC, sighting("x"));
        // then
        assertThat(generic(Map.of()).deserialize(TOPIC, bytes).get("count")).isEqualTo(7L);
    }

    private boolean everyRoundTripIsExact(String id) {
        for (int i = 0; i < 2_000; i++) {
            Sighting record = sighting(id + "-" + i);
            byte[] bytes = serde.serializer().serialize(TOPIC, record);
            if (!serde.deserializer().deserialize(TOPIC, bytes).equals(record)) {
                return false;
            }
        }
        return true;
    }

    private AvroDeserializer<GenericRecord> generic(Map<String, Object> more) {
        MockScopes.scope(SCOPE).register(SUBJECT, Sighting.getClassSchema());
        AvroDeserializer<GenericRecord> deserializer = new AvroDeserializer<>();
        Map<String, Object> configs = new HashMap<>(more);
        configs.put("schema.registry.url", "mock://" + SCOPE);
        deserializer.configure(configs, false);
        return deserializer;
    }

    @SuppressWarnings("unchecked")
    private static Serde<SpecificRecord> byClassName() throws ClassNotFoundException {
        return Utils.newInstance(AvroSerde.class.getName(), Serde.class);
    }
}
