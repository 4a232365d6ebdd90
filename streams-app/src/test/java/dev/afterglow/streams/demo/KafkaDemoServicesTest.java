package dev.afterglow.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.RecordEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaDemoServicesTest {

    private static final byte[] ENCODED = {0, 0, 0, 0, 1, 2, 3, 4};
    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer server;

    private static final class Encoder implements RecordEncoder {
        @Override
        public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
            return ENCODED;
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/status", exchange -> {
            var answer = answers.size() > 1 ? answers.remove() : answers.element();
            var body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void sendsEachKindToItsTopicUnderItsKeyWithoutATime() {
        // given
        var producer = producer(true);
        var services = services(producer, Duration.ZERO);
        var fleet = Fleet.at(Records.NOW);
        var accounts = new Accounts(Records.NOW);
        var slashed = fleet.definitions().stream()
                .filter(definition -> definition.getExperiment().equals("promo/50% off"))
                .findFirst()
                .orElseThrow();

        // when
        services.send(accounts.policies().get(0));
        services.send(accounts.plans(1_000).get(0));
        services.send(slashed);
        services.send(GeneratedRecord.raw("u1", null, Fate.EMPTY));

        // then
        assertThat(producer.history())
                .extracting(ProducerRecord::topic, ProducerRecord::key, ProducerRecord::timestamp)
                .containsExactly(
                        tuple("afterglow.projects", "shop", null),
                        tuple("afterglow.price-plans", "acme", null),
                        tuple("afterglow.experiments", "shop/production/promo%2F50%25 off", null),
                        tuple("afterglow.evaluations", "u1", null));
        assertThat(producer.history().get(3).value()).isNull();
    }

    @Test
    void waitsUntilWhatWasSentIsSettled() throws Exception {
        // given
        answers.addAll(List.of(
                status(true, Instant.EPOCH),
                status(false, Instant.MAX),
                status(true, Instant.now().plusSeconds(600))));
        var services = services(producer(true), Duration.ofSeconds(30));

        // when
        services.awaitSettled();

        // then
        assertThat(answers).hasSize(1);
    }

    @Test
    void saysWhatIsBehindWhenItTakesTooLong() {
        // given
        answers.add("{\"settled\":false,\"asOf\":\"2026-11-01T00:00:00Z\",\"lag\":{\"intake\":5}}");
        var services = services(producer(true), Duration.ZERO);

        // then
        assertThatThrownBy(services::awaitSettled)
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("\"intake\":5");
    }

    @Test
    void refusesToGoOnOnceARecordCouldNotBeSent() {
        // given
        var producer = producer(false);
        var services = services(producer, Duration.ZERO);
        services.send(GeneratedRecord.raw("u1", null, Fate.EMPTY));
        producer.errorNext(new RecordTooLargeException("too large"));

        // then
        assertThatThrownBy(() -> services.send(GeneratedRecord.raw("u2", null, Fate.EMPTY)))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("too large");
    }

    private KafkaDemoServices services(MockProducer<String, byte[]> producer, Duration patience) {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new KafkaDemoServices(producer, new Encoder(), topics, address, patience, Clock.systemUTC());
    }

    private static MockProducer<String, byte[]> producer(boolean completes) {
        return new MockProducer<>(completes, null, new StringSerializer(), new ByteArraySerializer());
    }

    private static String status(boolean settled, Instant asOf) {
        return "{\"settled\":" + settled + ",\"asOf\":\"" + asOf + "\",\"lag\":{}}";
    }
}
