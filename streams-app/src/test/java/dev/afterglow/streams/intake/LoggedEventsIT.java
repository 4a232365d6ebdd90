package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of a partition with one record a minute. */
@ExtendWith(SharedCluster.class)
class LoggedEventsIT {

    private static final Instant NOON = Instant.now().minus(Duration.ofHours(3));
    private static final int RECORDS = 100;

    private final String topic = SharedCluster.freshPrefix() + "earlier";
    private Map<String, Object> servers;

    @BeforeEach
    void send(EmbeddedCluster cluster) throws Exception {
        servers = Map.of("bootstrap.servers", cluster.bootstrapServers());
        try (var admin = Admin.create(servers);
                var producer = new KafkaProducer<>(servers, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
            for (int minute = 0; minute < RECORDS; minute++) {
                var at = NOON.plus(Duration.ofMinutes(minute)).toEpochMilli();
                producer.send(new ProducerRecord<>(topic, 1, at, null, new byte[] {(byte) minute}));
            }
        }
    }

    @Test
    void givesWhatArrivedFromATimeOnBeforeAnOffset() {
        assertThat(offsets(NOON.plus(Duration.ofMinutes(40)), 43)).containsExactly(40L, 41L, 42L);
    }

    @Test
    void givesNothingWhereAllThatLiesBeforeIsTooOld() {
        assertThat(offsets(NOON.plus(Duration.ofMinutes(60)), 43)).isEmpty();
        assertThat(offsets(NOON.plus(Duration.ofDays(1)), 43)).isEmpty();
    }

    @Test
    void givesNothingAtTheBeginning() {
        assertThat(offsets(NOON, 0)).isEmpty();
    }

    @Test
    void namesThePartitionAndTheRemedyWhenItTakesTooLong() {
        var impatient = events(Duration.ZERO);

        assertThatThrownBy(() -> impatient.read(1, NOON, RECORDS + 1, record -> {}))
                .isInstanceOf(PrimingException.class)
                .hasMessageContaining(topic + "-1")
                .hasMessageContaining("max.poll.interval.ms");
    }

    private List<Long> offsets(Instant from, long before) {
        var offsets = new ArrayList<Long>();
        events(Duration.ofSeconds(60)).read(1, from, before, record -> offsets.add(record.offset()));
        return offsets;
    }

    private LoggedEvents events(Duration patience) {
        return new LoggedEvents(
                topic,
                () -> new KafkaConsumer<>(servers, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                patience);
    }
}
