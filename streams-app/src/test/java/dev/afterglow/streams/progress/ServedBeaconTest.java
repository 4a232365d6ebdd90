package dev.afterglow.streams.progress;

import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.state.Progress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ServedBeaconTest {

    private final MockProducer<String, Progress> producer = new MockProducer<>(
            true, null, new StringSerializer(), StateSerde.of(Progress.class).serializer());
    private SettlementStatus status = SettlementStatus.unknown(HOUR);
    private final ServedBeacon beacon = new ServedBeacon(
            producer, "progress", "one", "http://127.0.0.1:8080", () -> status, Clock.fixed(HOUR, ZoneOffset.UTC));

    @Test
    void saysThatItIsThereThoughItCannotAnswerYet() {
        // when
        beacon.send();

        // then
        var sent = producer.history().get(0);
        assertThat(sent.key()).isEqualTo("served/one/-1");
        assertThat(sent.value().getWatermark()).isEqualTo(Instant.EPOCH);
        assertThat(sent.value().getAsOf()).isEqualTo(HOUR);
    }

    @Test
    void saysUpToWhenItCanAnswer() {
        // given
        status = new SettlementStatus(
                false, Optional.of(HOUR.plusSeconds(9)), Optional.of(HOUR.plusSeconds(3)), HOUR, Map.of());

        // when
        beacon.send();

        // then
        assertThat(producer.history().get(0).value().getWatermark()).isEqualTo(HOUR.plusSeconds(3));
    }

    @Test
    void signsOff() {
        // when
        beacon.close();

        // then
        assertThat(producer.history().get(0).value()).isNull();
        assertThat(producer.closed()).isTrue();
    }
}
