package dev.afterglow.streams.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.PriceSchedule;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.MockSerdes;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {

    private static final Topic<PricePlan> TOPIC = new Topics("t.").pricePlans();

    private final MockSerdes serdes = new MockSerdes();
    private final ConfigurationReader<PricePlan> reader = new ConfigurationReader<>(
            TOPIC.name(), serdes.of(TOPIC).deserializer(), PricePlan::getAccount, PriceSchedule::problems);

    @AfterEach
    void close() {
        serdes.close();
    }

    @Test
    void givesAVersionUnderItsKey() {
        // given
        var plan = FakeAccounts.plan("acme", 1, 10).build();

        // when
        var read = read("acme", serdes.bytes(TOPIC, plan));

        // then
        assertThat(read.value()).isEqualTo(plan);
        assertThat(read.deadLetter()).isNull();
    }

    @Test
    void tellsUnderWhichKeyAVersionHasToBeWritten() {
        // given
        var bytes = serdes.bytes(TOPIC, FakeAccounts.plan("acme", 1, 10).build());

        // then
        assertDead(read("other", bytes), "INVALID", "acme");
        assertDead(read(null, bytes), "INVALID", "acme");
    }

    @Test
    void tellsWhatIsWrongWithAVersion() {
        // given
        var bytes = serdes.bytes(TOPIC, FakeAccounts.plan("acme", 0, 10).build());

        // then
        assertDead(read("acme", bytes), "INVALID", "version");
    }

    @Test
    void tellsBadBytesFromAMissingValue() {
        assertDead(read("acme", new byte[] {9}), "WRONG_MAGIC", "");
        assertDead(read("acme", null), "EMPTY", "null");
    }

    @Test
    void keepsTheRecordAsItCameWithItsHeaders() {
        // given
        var headers = new RecordHeaders().add("trace", new byte[] {7});
        var record = new Record<>(new byte[] {1}, new byte[] {9}, 42, headers);

        // when
        var letter = reader.read(record, POSITION).deadLetter();

        // then
        assertThat(letter.key()).containsExactly(1);
        assertThat(letter.value()).containsExactly(9);
        assertThat(letter.timestamp()).isEqualTo(42);
        assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);
        assertThat(header(letter, DeadLetters.ARRIVED)).isEqualTo("1970-01-01T00:00:00.042Z");
        assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("17");
        assertThat(record.headers()).hasSize(1);
    }

    private static final RecordMetadata POSITION = new RecordMetadata() {
        @Override
        public String topic() {
            return TOPIC.name();
        }

        @Override
        public int partition() {
            return 3;
        }

        @Override
        public long offset() {
            return 17;
        }
    };

    private ConfigurationReader.Read<PricePlan> read(String key, byte[] value) {
        var bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return reader.read(new Record<>(bytes, value, 0), POSITION);
    }

    private static void assertDead(ConfigurationReader.Read<PricePlan> read, String reason, String detail) {
        assertThat(read.value()).isNull();
        assertThat(header(read.deadLetter(), DeadLetters.REASON)).isEqualTo(reason);
        assertThat(header(read.deadLetter(), DeadLetters.DETAIL)).contains(detail);
    }

    private static String header(Record<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
