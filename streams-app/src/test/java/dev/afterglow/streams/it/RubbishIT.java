package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.deadletter.DeadLetters;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class RubbishIT {

    private static final int BAD = 10_000;
    private static final int GOOD = 2_000;
    private static final int NO_SUCH_SCHEMA = 1_000_000;
    private static final long SEED = 20_261;

    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    /** What is wrong with a record, by the reason under which it must be found. */
    private enum Rubbish {
        NULL("EMPTY"),
        NO_BYTES("WRONG_MAGIC"),
        RANDOM_BYTES("WRONG_MAGIC"),
        OTHER_MAGIC("WRONG_MAGIC"),
        UNKNOWN_ID("UNKNOWN_SCHEMA"),
        TRUNCATED("UNDECODABLE"),
        TRAILING("UNDECODABLE");

        private final String reason;

        Rubbish(String reason) {
            this.reason = reason;
        }
    }

    @Test
    void keepsEveryBadRecordOnceWithItsPositionAndCountsEveryGoodOneBetween(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        var sentBad = new HashMap<Future<RecordMetadata>, Rubbish>();
        try (var service = stand.start("one");
                var sender = stand.sender()) {
            var api = new Api(service.url());

            // when
            for (int i = 0; i < BAD; i++) {
                var kind = Rubbish.values()[i % Rubbish.values().length];
                sentBad.put(sender.send("unit-" + i % 97, bytes(kind, i, sender.encode(traffic.event(i)))), kind);
                if (i % (BAD / GOOD) == 0) {
                    sender.send(traffic.event(i * GOOD / BAD));
                }
            }
            sender.await();
            api.awaitSettled();

            // then
            assertThat(api.counts()).as("seed %d", SEED).isEqualTo(traffic.countsOf(GOOD));
            assertThat(api.sums()).isEqualTo(new Api.Sums(BAD + GOOD, GOOD, 0, 0, BAD));
            assertThat(api.get("/api/v1/conservation").path("holds").asBoolean())
                    .isTrue();
        }
        var letters = stand.committed().raw(stand.topics().deadLetters());
        assertThat(letters).hasSize(BAD);
        var found = new HashMap<String, String>();
        letters.forEach(letter -> found.put(positionOf(letter), header(letter, DeadLetters.REASON)));
        assertThat(found).as("seed %d", SEED).isEqualTo(positions(sentBad));
    }

    private static Map<String, String> positions(Map<Future<RecordMetadata>, Rubbish> sent) throws Exception {
        var positions = new HashMap<String, String>();
        for (var entry : sent.entrySet()) {
            var at = entry.getKey().get();
            positions.put(at.topic() + ' ' + at.partition() + ' ' + at.offset(), entry.getValue().reason);
        }
        return positions;
    }

    private static String positionOf(ConsumerRecord<String, byte[]> letter) {
        return header(letter, DeadLetters.TOPIC)
                + ' '
                + header(letter, DeadLetters.PARTITION)
                + ' '
                + header(letter, DeadLetters.OFFSET);
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private byte[] bytes(Rubbish kind, int number, byte[] good) {
        return switch (kind) {
            case NULL -> null;
            case NO_BYTES -> new byte[0];
            case RANDOM_BYTES -> random(1 + random.nextInt(200));
            case OTHER_MAGIC -> ByteBuffer.wrap(good.clone()).put(0, (byte) 1).array();
            case UNKNOWN_ID ->
                ByteBuffer.wrap(good.clone())
                        .putInt(1, NO_SUCH_SCHEMA + number % 700)
                        .array();
            case TRUNCATED -> Arrays.copyOf(good, 5 + random.nextInt(good.length - 5));
            case TRAILING -> Arrays.copyOf(good, good.length + 1 + random.nextInt(9));
        };
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) (1 + random.nextInt(127));
        return bytes;
    }
}
