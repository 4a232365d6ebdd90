package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.reading.EventView;
import dev.afterglow.streams.testkit.Events;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCheckTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final EventCheck check = new EventCheck();

    @ParameterizedTest
    @MethodSource
    void namesTheFieldThatIsWrong(String field, Consumer<EvaluationEvent.Builder> change) {
        assertThat(check.problem(event(change))).startsWith(field + " ");
    }

    static Stream<Arguments> namesTheFieldThatIsWrong() {
        return Stream.of(
                wrong("project", event -> event.setProject("Shop")),
                wrong("project", event -> event.setProject("")),
                wrong("environment", event -> event.setEnvironment("pro/duction")),
                wrong("experiment", event -> event.setExperiment("")),
                wrong("experiment", event -> event.setExperiment("x".repeat(257))),
                wrong("variant", event -> event.setVariant("")),
                wrong("variant", event -> event.setVariant("x".repeat(257))),
                wrong("id", event -> event.setId("")),
                wrong("id", event -> event.setId("x".repeat(513))),
                wrong("unit", event -> event.setUnit("")),
                wrong("unit", event -> event.setUnit("x".repeat(513))),
                wrong("count", event -> event.setCount(0)),
                wrong("count", event -> event.setCount(1_000_000_001)),
                wrong("occurredAt", event -> event.setOccurredAt(Instant.ofEpochMilli(-1))));
    }

    @Test
    void acceptsTheLongestKeysAndTheLargestCount() {
        // given
        var event = event(builder -> builder.setExperiment("/%".repeat(128))
                .setVariant("x".repeat(256))
                .setId("x".repeat(512))
                .setUnit("x".repeat(512))
                .setCount(1_000_000_000)
                .setOccurredAt(Instant.EPOCH));

        // then
        assertThat(check.problem(event)).isNull();
    }

    @Test
    void neverQuotesAValue() {
        assertThat(check.problem(event(event -> event.setUnit("secret".repeat(100)))))
                .isNotNull()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_000_000_001, Long.MAX_VALUE})
    void weighsAnEventOfAnAbsurdCountAsOne(long count) {
        assertThat(EventCheck.weight(event(event -> event.setCount(count)))).isEqualTo(1);
    }

    @Test
    void weighsAnEventByItsCount() {
        assertThat(EventCheck.weight(event(event -> event.setCount(12)))).isEqualTo(12);
    }

    private static Arguments wrong(String field, Consumer<EvaluationEvent.Builder> change) {
        return Arguments.of(field, change);
    }

    private static EventView event(Consumer<EvaluationEvent.Builder> change) {
        var builder = Events.event("1", NOON);
        change.accept(builder);
        var view = new EventView();
        view.copy(builder.build());
        return view;
    }
}
