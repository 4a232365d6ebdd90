package dev.afterglow.schemas.serde;

import static dev.afterglow.schemas.serde.Samples.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class StateSerdeTest {
    private static final String STORE = "store";

    private final StateSerde<Sighting> serde = StateSerde.of(Sighting.class);

    @Test
    void putsMarkerAndFingerprintBeforeTheValue() {
        byte[] bytes = serde.serializer().serialize(STORE, sighting("x"));

        long fingerprint = SchemaNormalization.parsingFingerprint64(Sighting.getClassSchema());
        assertThat(bytes).startsWith(0xC3, 0x01);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2))
                .isEqualTo(fingerprint);
    }

    @Test
    void readsWhatItWroteAndKeepsNullNull() {
        byte[] bytes = serde.serializer().serialize(STORE, sighting("x"));

        assertThat(serde.deserializer().deserialize(STORE, bytes)).isEqualTo(sighting("x"));
        assertThat(serde.serializer().serialize(STORE, null)).isNull();
        assertThat(serde.deserializer().deserialize(STORE, null)).isNull();
    }

    @Test
    void resolvesAnOlderVersionThatIsKept() throws IOException {
        // given
        byte[] old = writtenAs(Samples.V1);
        // when
        Sighting read = serde.deserializer().deserialize(STORE, old);
        // then
        assertThat(read.getCount()).isEqualTo(3);
        assertThat(read.getColour()).isEqualTo(Colour.UNKNOWN);
    }

    @Test
    void saysWhatToDoAboutAVersionThatIsNotKept() throws IOException {
        // given
        Schema unknown = new Schema.Parser().parse(Samples.V1.toString().replace("gone", "neverReleased"));
        byte[] bytes = writtenAs(unknown);
        // when, then
        assertThatThrownBy(() -> serde.deserializer().deserialize(STORE, bytes))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("run the release that wrote it")
                .hasMessageContaining(Long.toHexString(SchemaNormalization.parsingFingerprint64(unknown)))
                .hasMessageContaining(STORE);
    }

    @Test
    void neverCallsDamagedStateBadInput() {
        byte[] bytes = serde.serializer().serialize(STORE, sighting("x"));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serde.deserializer().deserialize(STORE, cut))
                    .isInstanceOf(UnreadableStateException.class);
        }
    }

    @Test
    void callsBytesWithoutTheMarkerDamaged() {
        // given
        byte[] bytes = serde.serializer().serialize(STORE, sighting("x"));
        bytes[1]++;
        // when, then
        assertThatThrownBy(() -> serde.deserializer().deserialize(STORE, bytes))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void servesManyThreadsAtOnce() {
        List<Integer> wrong = IntStream.range(0, 4_000)
                .parallel()
                .filter(i -> !serde.deserializer()
                        .deserialize(STORE, serde.serializer().serialize(STORE, sighting("id-" + i)))
                        .equals(sighting("id-" + i)))
                .boxed()
                .toList();

        assertThat(wrong).isEmpty();
    }

    private static byte[] writtenAs(Schema schema) throws IOException {
        GenericRecord old = new GenericRecordBuilder(schema)
                .set("id", "old")
                .set("count", 3)
                .set("seenAt", 5L)
                .build();
        ByteBuffer bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(old);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
