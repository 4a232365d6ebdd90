package dev.afterglow.schemas.serde;

import static dev.afterglow.schemas.serde.Samples.SUBJECT;
import static dev.afterglow.schemas.serde.Samples.TOPIC;
import static dev.afterglow.schemas.serde.Samples.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterglow.schemas.registry.InMemorySchemaRegistry;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import dev.afterglow.schemas.registry.RegistryRefusedException;
import dev.afterglow.schemas.registry.RegistryUnavailableException;
import dev.afterglow.schemas.registry.StubRegistry;
import dev.afterglow.schemas.registry.StubRegistry.Reply;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SerdeFactoryTest {
    private StubRegistry stub;

    @BeforeEach
    void start() throws IOException {
        stub = new StubRegistry();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private Serde<Sighting> apicurio(Object... more) {
        Map<String, Object> configs = new HashMap<>(Map.of(
                "afterglow.value.serde",
                "io.apicurio.registry.serde.avro.AvroSerde",
                "apicurio.registry.url",
                stub.apicurioUrl(),
                "apicurio.registry.auto-register",
                true));
        for (int i = 0; i < more.length; i += 2) {
            configs.put((String) more[i], more[i + 1]);
        }
        return new SerdeFactory(configs, new InMemorySchemaRegistry()).valueSerde(Sighting.class);
    }

    private Serde<Sighting> ours() {
        return new SerdeFactory(Map.of(), stub.schemas()).valueSerde(Sighting.class);
    }

    private static byte[] write(Serde<Sighting> serde, String id) {
        return serde.serializer().serialize(TOPIC, new RecordHeaders(), sighting(id));
    }

    private static Sighting read(Serde<Sighting> serde, byte[] data) {
        return serde.deserializer().deserialize(TOPIC, new RecordHeaders(), data);
    }

    @Test
    void makesOurSerdeByDefault() {
        assertThat(ours()).isInstanceOf(AvroSerde.class);
    }

    @Test
    void letsAnotherMakersSerdeReadWhatOursWroteAndOursReadWhatItWrote() {
        byte[] byUs = write(ours(), "ours");
        byte[] byThem = write(apicurio(), "theirs");

        assertThat(read(apicurio(), byUs)).isEqualTo(sighting("ours"));
        assertThat(read(ours(), byThem)).isEqualTo(sighting("theirs"));
    }

    @Test
    void keepsNullNull() {
        assertThat(read(apicurio(), null)).isNull();
    }

    @Test
    void callsAnotherMakersComplaintsAboutBytesPoison() {
        // given
        Serde<Sighting> serde = apicurio();
        byte[] good = write(serde, "x");
        // when, then
        assertThat(poison(serde, new byte[] {9, 9, 9, 9, 9, 9}).reason()).isEqualTo(Reason.WRONG_MAGIC);
        assertThat(poison(serde, new byte[2]).reason()).isEqualTo(Reason.TOO_SHORT);
        assertThat(poison(serde, new byte[] {0, 0, 0, 0, 99, 1}).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
        assertThat(poison(serde, Arrays.copyOf(good, good.length - 3)).reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(read(serde, good)).isEqualTo(sighting("x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void waitsOutAnOutageThatAnotherMakersSerdeReports(int status) {
        // given
        int id = stub.schemas().register(SUBJECT, Sighting.getClassSchema());
        byte[] data = write(ours(), "x");
        Serde<Sighting> serde = apicurio("apicurio.registry.retry-count", 0);
        stub.next(Reply.of(status, ""));
        stub.next(Reply.of(status, ""));
        // when
        Sighting value = read(serde, data);
        // then
        assertThat(WireFormat.schemaId(data)).isEqualTo(id);
        assertThat(value).isEqualTo(sighting("x"));
    }

    @Test
    void callsTheRegistryUnavailableWhenTheBudgetIsSpent() {
        // given
        byte[] data = write(ours(), "x");
        Serde<Sighting> serde = apicurio("afterglow.registry.retry.budget.ms", 300);
        // when
        stub.close();
        // then
        assertThatThrownBy(() -> read(serde, data)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> write(serde, "y")).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void neverCallsARecordBadBecauseCredentialsAreRefused(int status) {
        // given
        byte[] data = write(ours(), "x");
        Serde<Sighting> serde = apicurio();
        stub.always(request -> Optional.of(Reply.of(status, "")));
        // when, then
        assertThatThrownBy(() -> read(serde, data)).isInstanceOf(RegistryRefusedException.class);
    }

    @Test
    void refusesToWriteWhatIsNotInTheWireFormatOfOurTopics() {
        Serde<Sighting> serde = apicurio("apicurio.registry.headers.enabled", true);

        assertThatThrownBy(() -> write(serde, "x"))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining(TOPIC);
    }

    @Test
    void callsAValueOfAnotherClassPoison() {
        // given
        byte[] data = write(ours(), "x");
        Serde<Sighting> generic = apicurio("apicurio.registry.use-specific-avro-reader", false);
        // when, then
        assertThat(poison(generic, data).reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.Serde", "java.lang.String"})
    void namesTheKeyOfAClassThatIsNoSerde(String name) {
        SerdeFactory factory = new SerdeFactory(Map.of("afterglow.value.serde", name), new InMemorySchemaRegistry());

        assertThatThrownBy(() -> factory.valueSerde(Sighting.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("afterglow.value.serde")
                .hasMessageContaining(name);
    }

    private static PoisonException poison(Serde<Sighting> serde, byte[] data) {
        return catchThrowableOfType(PoisonException.class, () -> read(serde, data));
    }
}
