package dev.afterglow.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterglow.schemas.history.Golden.Form;
import dev.afterglow.schemas.history.Golden.Sample;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.schemas.serde.StateSerde;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that earlier releases have written still say what they said then. */
class GoldenBytesTest {
    private static final Golden GOLDEN = new Golden(Path.of("src/test/resources/golden"));

    @BeforeAll
    static void trustGeneratedClasses() {
        GeneratedClasses.trust();
    }

    @ParameterizedTest(name = "{0} v{1}")
    @MethodSource("contracts")
    void todaysClassesReadContractsOfEveryVersion(Class<? extends SpecificRecord> type, int version)
            throws IOException {
        Schema writer = SchemaHistory.versionsOf(type).get(version - 1);
        var reader =
                new SpecificDatumReader<SpecificRecord>(writer, Types.schemaOf(type), SpecificData.getForClass(type));
        for (Sample sample : GOLDEN.read(Form.CONTRACT, type.getName(), version)) {
            var decoder = DecoderFactory.get().binaryDecoder(sample.bytes(), null);

            SpecificRecord read = reader.read(null, decoder);

            assertThat(read).isInstanceOf(type);
            assertThat(decoder.isEnd()).as("nothing follows the value").isTrue();
            assertSays(sample.value(), read, GOLDEN.file(Form.CONTRACT, type.getName(), version));
        }
    }

    @ParameterizedTest(name = "{0} v{1}")
    @MethodSource("state")
    void todaysStoresReadStateOfEveryVersion(Class<? extends SpecificRecord> type, int version) {
        try (var deserializer = StateSerde.of(type).deserializer()) {
            for (Sample sample : GOLDEN.read(Form.STATE, type.getName(), version)) {
                SpecificRecord read = deserializer.deserialize("store", sample.bytes());

                assertThat(read).isInstanceOf(type);
                assertSays(sample.value(), read, GOLDEN.file(Form.STATE, type.getName(), version));
            }
        }
    }

    private static void assertSays(JsonNode then, SpecificRecord read, Path file) {
        assertThat(keptOf(Json.read(read.toString()), then))
                .as(
                        "what %s says; when a field was dropped or renamed on purpose, correct the value, never the bytes",
                        file)
                .isEqualTo(then);
    }

    /** Without the fields that have joined since. */
    private static JsonNode keptOf(JsonNode now, JsonNode then) {
        if (now.isObject() && then.isObject()) {
            var kept = Json.object();
            then.properties().stream()
                    .filter(field -> now.has(field.getKey()))
                    .forEach(field -> kept.set(field.getKey(), keptOf(now.get(field.getKey()), field.getValue())));
            return kept;
        }
        if (now.isArray() && now.size() == then.size()) {
            var kept = Json.array();
            IntStream.range(0, now.size()).forEach(i -> kept.add(keptOf(now.get(i), then.get(i))));
            return kept;
        }
        return now;
    }

    private static Stream<Arguments> contracts() {
        return versions(Types.contracts());
    }

    private static Stream<Arguments> state() {
        return versions(Types.state());
    }

    /** The newest version of each type at least, so that a type of which none is kept is not passed over. */
    private static Stream<Arguments> versions(Collection<Class<? extends SpecificRecord>> types) {
        return types.stream()
                .flatMap(type -> IntStream.rangeClosed(
                                1, Math.max(1, SchemaHistory.versionsOf(type).size()))
                        .mapToObj(version -> Arguments.of(type, version)));
    }
}
