package dev.afterglow.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.EvaluationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {

    private static final long SEED = 7;
    private static final long EVENTS = 20_000;
    private static final Instant END = Instant.parse("2026-11-01T12:34:56Z");
    private static final DataSpec SPEC = new DataSpec(EVENTS, 200, 1.1, 4, 6, 0.02, 0.01, 0, SEED);

    private final EventGenerator generator = new EventGenerator(SPEC, END);

    @Test
    void knowsWhichRecordsRepeatAnEarlierOne() {
        // given every record as it is sent, and nothing but its id to go by
        var seen = new HashSet<String>();

        // when, then a record is new exactly when the generator says that it is
        LongStream.range(0, EVENTS).forEach(index -> {
            var event = sent(generator, index);
            assertThat(seen.add(event.getId()))
                    .as("seed %d, record %d is the first of its id", SEED, index)
                    .isEqualTo(generator.original(index) == index);
        });
    }

    @Test
    void repeatsAboutAsOftenAsAsked() {
        var repeated = LongStream.range(0, EVENTS)
                .filter(index -> generator.original(index) != index)
                .count();

        assertThat(repeated).as("seed %d", SEED).isBetween(EVENTS / 200, EVENTS / 50);
    }

    @Test
    void repeatsTheWholeEvent() {
        // given
        var repeated = LongStream.range(1, EVENTS)
                .filter(index -> generator.original(index) != index)
                .findFirst()
                .orElseThrow();

        // when another generator of the same seed makes it
        var again = new EventGenerator(SPEC, END).event(generator.original(repeated));

        // then
        assertThat(sent(generator, repeated)).as("seed %d", SEED).isEqualTo(again);
    }

    @Test
    void repeatsBeforeAnyGraceOfTenMinutesIsOver() {
        LongStream.range(0, EVENTS)
                .forEach(index -> assertThat(
                                Duration.between(sent(generator, index).getOccurredAt(), generator.arrival(index)))
                        .as("seed %d, record %d", SEED, index)
                        .isLessThan(Duration.ofMinutes(10)));
    }

    @Test
    void arrivesInOrderWithinTheHours() {
        var arrivals = LongStream.range(0, EVENTS).mapToObj(generator::arrival).toList();

        assertThat(arrivals).isSorted();
        assertThat(arrivals.get(0)).isEqualTo(END.minus(Duration.ofHours(6)));
        assertThat(arrivals.get(arrivals.size() - 1)).isBefore(END);
    }

    @Test
    void happensAtMostFiveMinutesBeforeItsArrivalAndNeverAfter() {
        LongStream.range(0, EVENTS)
                .forEach(index -> assertThat(generator.event(index).getOccurredAt())
                        .as("seed %d, record %d", SEED, index)
                        .isBetween(generator.arrival(index).minus(DataSpec.LATEST), generator.arrival(index)));
    }

    @Test
    void putsAboutTheAskedShareOutOfOrder() {
        var late = LongStream.range(0, EVENTS)
                .filter(index -> Duration.between(generator.event(index).getOccurredAt(), generator.arrival(index))
                                .toMillis()
                        > 2_000)
                .count();

        assertThat(late).as("seed %d", SEED).isBetween(EVENTS / 100, EVENTS / 33);
    }

    @Test
    void givesTheHotExperimentItsShare() {
        var hot = new EventGenerator(SPEC.withHot(0.9), END);

        var first = LongStream.range(0, EVENTS)
                .filter(index ->
                        hot.event(index).getExperiment().equals(hot.key(0).experiment()))
                .count();

        assertThat(first).as("seed %d", SEED).isGreaterThan(EVENTS * 88 / 100);
    }

    @Test
    void usesEveryVariantOfAnExperimentAndNoOther() {
        var variants = LongStream.range(0, EVENTS)
                .mapToObj(generator::event)
                .filter(event -> event.getExperiment().equals(generator.key(1).experiment()))
                .map(EvaluationEvent::getVariant)
                .collect(Collectors.toSet());

        assertThat(variants).containsExactlyInAnyOrderElementsOf(List.of("control", "treatment", "treatment-b"));
    }

    private static EvaluationEvent sent(EventGenerator generator, long index) {
        return generator.event(generator.original(index));
    }
}
