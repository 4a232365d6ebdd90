package dev.afterglow.schemas.serde;

import static dev.afterglow.schemas.serde.Samples.SUBJECT;
import static dev.afterglow.schemas.serde.Samples.TOPIC;
import static dev.afterglow.schemas.serde.Samples.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.afterglow.schemas.registry.InMemorySchemaRegistry;
import dev.afterglow.schemas.registry.MockScopes;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class PoisonTest {
    private static final long SEED = 20_261_123L;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<Sighting> serde = AvroSerde.of(Sighting.class, registry);
    private final byte[] good = serde.serializer().serialize(TOPIC, sighting("x"));

    private PoisonException poison(byte[] data) {
        return poison(serde.deserializer(), data);
    }

    private static PoisonException poison(Deserializer<?> deserializer, byte[] data) {
        return catchThrowableOfType(PoisonException.class, () -> deserializer.deserialize(TOPIC, data));
    }

    @Test
    void tellsWhatIsWrongWithTheHeader() {
        assertThat(poison(new byte[0]).reason()).isEqualTo(Reason.TOO_SHORT);
        assertThat(poison(new byte[4]).reason()).isEqualTo(Reason.TOO_SHORT);
        assertThat(poison(new byte[] {1, 0, 0, 0, 1, 2}).reason()).isEqualTo(Reason.WRONG_MAGIC);
        assertThat(poison(new byte[] {0, 0, 0, 0, 77, 2}).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
    }

    @Test
    void callsEveryTruncationPoison() {
        for (int length = 0; length < good.length; length++) {
            PoisonException thrown = poison(Arrays.copyOf(good, length));
            assertThat(thrown).as("cut to %d bytes", length).isNotNull();
            assertThat(thrown.reason())
                    .as("cut to %d bytes", length)
                    .isEqualTo(length < WireFormat.HEADER_BYTES ? Reason.TOO_SHORT : Reason.TRUNCATED);
        }
    }

    @Test
    void callsTrailingBytesPoison() {
        assertThat(poison(Arrays.copyOf(good, good.length + 1)).reason()).isEqualTo(Reason.TRAILING_BYTES);
    }

    @Test
    void readsTheNextRecordAfterABadOne() {
        poison(Arrays.copyOf(good, good.length - 2));

        assertThat(serde.deserializer().deserialize(TOPIC, good)).isEqualTo(sighting("x"));
    }

    @Test
    void allocatesNothingForALengthThatTheBytesCannotHold() throws IOException {
        // given: a string, then an array, then a map that claim two thousand million items
        long claim = Integer.MAX_VALUE - 100L;
        byte[] string = bytes(claim);
        byte[] array = bytes(0, 0, 0, 0, 0, claim);
        byte[] map = bytes(0, 0, 0, 0, 0, 0, claim);
        byte[][] absurd = {string, array, map, bytes(-1), bytes(Long.MAX_VALUE), bytes(0, 0, 0, 0, 0, Long.MIN_VALUE)};
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        // when
        for (byte[] data : absurd) {
            assertThat(poison(data)).isNotNull();
        }
        // then
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000_000L);
    }

    @Test
    void survivesABottomlessRecursion() {
        // given
        Schema node = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}");
        int id = registry.register("nodes-value", node);
        byte[] data = new byte[900_000];
        Arrays.fill(data, (byte) 2);
        System.arraycopy(new byte[] {0, 0, 0, 0, (byte) id}, 0, data, 0, 5);
        // when
        PoisonException thrown = poison(AvroDeserializer.of(node, registry), data);
        // then
        assertThat(thrown).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void callsARecordOfAnotherKindPoisonThoughEveryFieldHasADefault() {
        // given
        Schema lenient =
                SchemaBuilder.record("Lenient").fields().optionalString("a").endRecord();
        // when
        PoisonException thrown = poison(AvroDeserializer.of(lenient, registry), good);
        // then
        assertThat(thrown.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void callsAValueThatIsNoRecordPoison() {
        // given
        int id = registry.register("longs-value", Schema.create(Schema.Type.LONG));
        Deserializer<GenericRecord> generic = new AvroDeserializer<>();
        generic.configure(Map.of("schema.registry.url", "mock://poison-test"), false);
        MockScopes.scope("poison-test").register("s", Schema.create(Schema.Type.LONG));
        // when, then
        assertThat(poison(generic, new byte[] {0, 0, 0, 0, 1, 4}).reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        assertThat(poison(new byte[] {0, 0, 0, 0, (byte) id, 4}).reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        MockScopes.drop("poison-test");
    }

    @Test
    void callsAWritersSchemaThatCannotBeResolvedPoison() {
        // given
        Schema clashing =
                SchemaBuilder.record("Sighting").fields().requiredBytes("count").endRecord();
        int id = registry.register(SUBJECT, clashing);
        // when, then
        assertThat(poison(new byte[] {0, 0, 0, 0, (byte) id, 0}).reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void throwsNothingButPoisonWhateverTheBytes() {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] data = random.nextInt(3) == 0 ? rubbish(random) : damaged(random);
            try {
                serde.deserializer().deserialize(TOPIC, data);
                read++;
            } catch (PoisonException e) {
                assertThat(e.reason()).isNotNull();
            } catch (Throwable e) {
                throw new AssertionError("seed " + SEED + ", record " + i + ": " + Arrays.toString(data), e);
            }
        }
        // then: some damage is invisible, most is not
        assertThat(read).as("seed %d", SEED).isBetween(1, 30_000);
    }

    private static byte[] rubbish(Random random) {
        byte[] data = new byte[random.nextInt(60)];
        random.nextBytes(data);
        if (data.length > 4) {
            System.arraycopy(new byte[] {0, 0, 0, 0, 1}, 0, data, 0, 5);
        }
        return data;
    }

    private byte[] damaged(Random random) {
        byte[] data = Arrays.copyOf(good, good.length - random.nextInt(3) + 1);
        for (int i = random.nextInt(3); i >= 0; i--) {
            data[random.nextInt(data.length)] = (byte) random.nextInt();
        }
        return data;
    }

    private byte[] bytes(long... numbers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(good, 0, WireFormat.HEADER_BYTES);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        for (long number : numbers) {
            encoder.writeLong(number);
        }
        return out.toByteArray();
    }
}
