package dev.afterglow.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.RecordEncoder;
import dev.afterglow.streams.text.BadInputException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final String HEADER = "at,item,position,user\n";
    private static final ReplayPlan PLAN = new ReplayPlan(
            "log.csv",
            "shop",
            "production",
            "item-{item}",
            "position-{position}",
            "{user}",
            "at",
            "auto",
            "UTC",
            Optional.empty(),
            "replay");

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final List<EvaluationEvent> events = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();

    @Test
    void makesABackfillEventOfARow() {
        // when
        run(PLAN, HEADER + "2019-11-24 00:01:03.979311+00:00,2,3,u1\n");

        // then
        assertThat(events)
                .containsExactly(EvaluationEvent.newBuilder()
                        .setId("log.csv:1")
                        .setProject("shop")
                        .setEnvironment("production")
                        .setExperiment("item-2")
                        .setVariant("position-3")
                        .setUnit("u1")
                        .setOccurredAt(Instant.parse("2019-11-24T00:01:03.979Z"))
                        .setSource("replay")
                        .setBackfill(true)
                        .build());
    }

    @Test
    void keysARecordByUnitAndLeavesItsTimestampToKafka() {
        // when
        run(PLAN, HEADER + "1,2,3,u1\n");

        // then
        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("t.evaluations");
            assertThat(record.key()).isEqualTo("u1");
            assertThat(record.timestamp()).isNull();
        });
    }

    @Test
    void takesTheIdFromTheTemplate() {
        // given
        var plan = new ReplayPlan(
                "log.csv", "shop", "e", "x", "y", "{user}", "at", "auto", "UTC", Optional.of("{user}/{at}"), "s");

        // when
        run(plan, HEADER + "1,2,3,u1\n");

        // then
        assertThat(events).extracting(EvaluationEvent::getId).containsExactly("u1/1");
    }

    @Test
    void skipsBadRowsNamesThemAndKeepsTheIdsOfTheOthers() {
        // when
        var summary =
                run(PLAN, HEADER + "1,2,3,u1\nsoon,2,3,u2\n1,,3,u3\n1,2,3\n1,2,3," + "x".repeat(513) + "\n5,6,7,u6\n");

        // then
        assertThat(summary)
                .extracting(ReplaySummary::rows, ReplaySummary::sent, ReplaySummary::skipped, ReplaySummary::complete)
                .containsExactly(6L, 2L, 4L, true);
        assertThat(events).extracting(EvaluationEvent::getId).containsExactly("log.csv:1", "log.csv:6");
        assertThat(reported)
                .containsExactly(
                        "row 2 (line 3) skipped: 'soon' is no usable time",
                        "row 3 (line 4) skipped: column 'item' is empty",
                        "row 4 (line 5) skipped: it has 3 values where the header has 4",
                        "row 5 (line 6) skipped: the unit has 513 characters, 512 at most");
    }

    @Test
    void namesTwentyBadRowsAndCountsTheOthers() {
        // given
        var rows = IntStream.range(0, 25).mapToObj(i -> "bad\n").collect(Collectors.joining());

        // when
        run(PLAN, HEADER + rows);

        // then
        assertThat(reported).hasSize(21).last().isEqualTo("5 more rows skipped");
    }

    @Test
    void refusesColumnsThatTheFileHasNotAndSendsNothing() {
        // given
        var plan = new ReplayPlan(
                "log.csv", "shop", "e", "{itme}", "y", "{user}", "when", "auto", "UTC", Optional.empty(), "s");

        // then
        assertThatThrownBy(() -> run(plan, HEADER + "1,2,3,u1\n"))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        bad -> assertThat(bad.problems())
                                .containsExactly(
                                        "log.csv has no column 'itme': did you mean 'item'? Known are at, item, position, user",
                                        "log.csv has no column 'when': known are at, item, position, user"));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void refusesAProjectThatIsNoSlug() {
        // given
        var plan = new ReplayPlan("f", "My Shop", "e", "x", "y", "z", "at", "auto", "UTC", Optional.empty(), "s");

        // then
        assertThatThrownBy(() -> run(plan, HEADER))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("--project 'My Shop' is no slug");
    }

    @Test
    void isIncompleteWhenTheBrokersRefuseARecord() {
        // given
        var failing = new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized void flush() {
                errorNext(new TimeoutException("lost the brokers"));
                super.flush();
            }
        };

        // when
        var summary = replay(PLAN).run(stream(HEADER + "1,2,3,u1\n2,2,3,u2\n"), FileFormat.CSV, failing);

        // then
        assertThat(summary.complete()).isFalse();
        assertThat(summary.sent()).isEqualTo(1);
        assertThat(summary.failure()).containsInstanceOf(TimeoutException.class);
    }

    @Test
    void isIncompleteWhenTheRegistryFails() {
        // given
        RecordEncoder failing = new FailingEncoder();
        var replay = new Replay(PLAN, new Topics("t.").evaluations(), failing, Clock.systemUTC(), reported::add);

        // when
        var summary = replay.run(stream(HEADER + "1,2,3,u1\n"), FileFormat.CSV, producer);

        // then
        assertThat(summary.complete()).isFalse();
        assertThat(summary.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("registry is down"));
    }

    private ReplaySummary run(ReplayPlan plan, String text) {
        return replay(plan).run(stream(text), FileFormat.CSV, producer);
    }

    private Replay replay(ReplayPlan plan) {
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new Replay(plan, new Topics("t.").evaluations(), new Collector(), clock, reported::add);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class FailingEncoder implements RecordEncoder {

        @Override
        public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
            throw new KafkaException("registry is down");
        }
    }

    private final class Collector implements RecordEncoder {

        @Override
        public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
            events.add((EvaluationEvent) value);
            return new byte[0];
        }
    }
}
