package dev.afterglow.streams.intake;

import static dev.afterglow.streams.intake.IntakeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.testkit.Events;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeDeadLetterTest {

    private final IntakeBench intake = new IntakeBench();

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void keepsRubbishAsItCameAndCountsItsNeighbours() {
        // given
        byte[] rubbish = "not avro".getBytes(StandardCharsets.UTF_8);
        intake.send(Events.event("1", NOON));
        intake.sendRaw(rubbish);
        intake.send(Events.event("2", NOON));

        // when
        long counted = IntakeBench.sum(intake.flushDeltas());

        // then
        assertThat(counted).isEqualTo(2);
        var letter = onlyLetter();
        assertThat(letter.key()).isEqualTo(new byte[] {1});
        assertThat(letter.value()).isEqualTo(rubbish);
        assertThat(texts(letter.headers()))
                .containsEntry("afterglow.reason", "WRONG_MAGIC")
                .containsEntry("afterglow.topic", "t.evaluations")
                .containsEntry("afterglow.partition", "0")
                .containsEntry("afterglow.offset", "1")
                .containsEntry("afterglow.element", "0")
                .containsEntry("afterglow.arrived", "2026-11-03T12:00:00Z")
                .containsKey("afterglow.detail")
                .hasSize(7);
    }

    @Test
    void tellsWhyBytesCannotBeUsed() {
        // given
        byte[] good = bytes(Events.event("1", NOON).build());
        byte[] unknownSchema = good.clone();
        unknownSchema[4] = 99;
        byte[] trailing = Arrays.copyOf(good, good.length + 1);
        byte[] truncated = Arrays.copyOf(good, good.length - 1);

        // when
        intake.sendRaw(null);
        intake.sendRaw(new byte[0]);
        intake.sendRaw(unknownSchema);
        intake.sendRaw(truncated);
        intake.sendRaw(trailing);
        intake.flush();

        // then
        assertThat(reasons()).containsExactly("EMPTY", "WRONG_MAGIC", "UNKNOWN_SCHEMA", "UNDECODABLE", "UNDECODABLE");
        assertThat(intake.ledger()).satisfies(ledger -> {
            assertThat(ledger.getReceived()).isEqualTo(5);
            assertThat(ledger.getDeadLettered())
                    .isEqualTo(Map.of("EMPTY", 1L, "WRONG_MAGIC", 1L, "UNKNOWN_SCHEMA", 1L, "UNDECODABLE", 2L));
        });
    }

    @Test
    void deadLettersWhatIsTooLateOrOfTheFutureByItsWeight() {
        // when
        intake.send(Events.event("1", NOON.minus(Duration.ofDays(63))).setCount(5));
        intake.send(Events.event("2", NOON.plus(Duration.ofMinutes(11))).setCount(7));
        intake.flush();

        // then
        assertThat(reasons()).containsExactly("TOO_LATE", "FUTURE");
        assertThat(intake.ledger().getDeadLettered()).isEqualTo(Map.of("TOO_LATE", 5L, "FUTURE", 7L));
    }

    @Test
    void letsAnEventOfTheFutureMoveNoClock() {
        // when
        intake.send(Events.event("1", NOON.plus(Duration.ofDays(300))));

        // then
        assertThat(intake.flushWatermarks())
                .singleElement()
                .satisfies(watermark -> assertThat(watermark.getReadUpTo()).isEqualTo(NOON.minusMillis(1)));
    }

    @Test
    void accountsForAnAbsurdCountAsOne() {
        // when
        intake.send(Events.event("1", NOON).setCount(Long.MAX_VALUE));
        intake.flush();

        // then
        assertThat(intake.ledger().getDeadLettered()).isEqualTo(Map.of("INVALID", 1L));
    }

    @Test
    void doesNotQuoteThePayload() {
        // when
        intake.send(Events.event("1", NOON).setProject("Secret"));

        // then
        assertThat(texts(onlyLetter().headers()).get("afterglow.detail")).doesNotContain("Secret");
    }

    private Iterable<String> reasons() {
        return intake.driver.readRaw(intake.topics.deadLetters()).stream()
                .map(letter -> texts(letter.headers()).get("afterglow.reason"))
                .toList();
    }

    private TestRecord<byte[], byte[]> onlyLetter() {
        var letters = intake.driver.readRaw(intake.topics.deadLetters());
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private byte[] bytes(EvaluationEvent event) {
        return intake.serdes.bytes(intake.topics.evaluations(), event);
    }

    private static Map<String, String> texts(Headers headers) {
        var texts = new TreeMap<String, String>();
        headers.forEach(header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return texts;
    }
}
