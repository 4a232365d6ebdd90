package dev.afterglow.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.InMemorySchemaRegistry;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.serde.AvroDeserializer;
import dev.afterglow.schemas.serde.AvroSerializer;
import dev.afterglow.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** Whatever the schema and the bytes, both ways see the same value, or the same poison. */
class EventReaderPropertyTest {
    private static final long SEED = 20_261_123L;
    private static final String SUBJECT = "evaluations-value";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final EventReaders readers = new EventReaders(registry);
    private final Deserializer<EvaluationEvent> avro = AvroDeserializer.of(EvaluationEvent.class, registry);
    private final EventView view = new EventView();
    private int values;
    private int poison;
    private int quick;

    @Test
    void readsWhatWasWritten() {
        Random random = new Random(SEED);
        var serializer = new AvroSerializer<EvaluationEvent>(registry);
        for (int i = 0; i < 5_000; i++) {
            EvaluationEvent event = Events.random(random);
            readers.read(serializer.serialize("evaluations", event), view);
            assertThat(Seen.of(view)).as("seed %d, event %d", SEED, i).isEqualTo(Seen.of(event));
        }
    }

    @Test
    void agreesWithAvroOnEveryVersionOfTheWriter() throws IOException {
        Random random = new Random(SEED);
        var schemas = new WriterSchemas(random);
        for (int i = 0; i < 1_500; i++) {
            Schema writer = schemas.next();
            int id = registry.register(SUBJECT, writer);
            for (int j = 0; j < 4; j++) {
                compare(written(id, writer, schemas.value(writer), random.nextBoolean()), i);
            }
        }
        // then: the comparison was one of values and of poison, and of the quick way
        assertThat(values).isGreaterThan(2_000);
        assertThat(poison).isGreaterThan(500);
        assertThat(quick).isGreaterThan(1_500);
    }

    @Test
    void agreesWithAvroOnDamagedBytes() throws IOException {
        Random random = new Random(SEED);
        var schemas = new WriterSchemas(random);
        for (int i = 0; i < 500; i++) {
            Schema writer = schemas.next();
            int id = registry.register(SUBJECT, writer);
            byte[] good = written(id, writer, schemas.value(writer), random.nextBoolean());
            for (int j = 0; j < 40; j++) {
                compare(damaged(good, random), i);
            }
        }
        // then
        assertThat(values).isGreaterThan(3_000);
        assertThat(poison).isGreaterThan(3_000);
        assertThat(quick).isGreaterThan(2_000);
    }

    @Test
    void agreesWithAvroWhereverAValueIsCut() {
        Random random = new Random(SEED);
        var serializer = new AvroSerializer<EvaluationEvent>(registry);
        for (int i = 0; i < 50; i++) {
            byte[] good = serializer.serialize("evaluations", Events.random(random));
            for (int length = 0; length <= good.length + 1; length++) {
                compare(Arrays.copyOf(good, length), i);
            }
        }
        assertThat(poison).isGreaterThan(1_000);
    }

    private void compare(byte[] data, int round) {
        Seen expected;
        try {
            expected = Seen.of(avro.deserialize(null, data));
            values++;
        } catch (PoisonException e) {
            expected = Seen.of(e);
            poison++;
        }
        Seen actual;
        try {
            readers.read(data, view);
            actual = Seen.of(view);
            quick += view.bytes() == data ? 1 : 0;
        } catch (PoisonException e) {
            actual = Seen.of(e);
        }
        assertThat(actual)
                .as("seed %d, round %d, bytes %s", SEED, round, Arrays.toString(data))
                .isEqualTo(expected);
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] data = good.clone();
        int header = WireFormat.HEADER_BYTES;
        for (int i = random.nextInt(3); i > 0 && data.length > header; i--) {
            byte rubbish = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(6));
            data[header + random.nextInt(data.length - header)] = rubbish;
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(data, random.nextInt(data.length + 3)) : data;
    }

    /** With or without the sizes of blocks, as different languages write arrays and maps. */
    private static byte[] written(int id, Schema writer, Object value, boolean blocks) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        Encoder encoder = blocks
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(writer).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
