package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.testkit.Events;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final Fingerprints fingerprints = new Fingerprints();

    @Test
    void tellsFieldsApartThatReadAlikeWhenTheyAreJoined() {
        assertThat(List.of(
                        fingerprints.of("ab", "c"),
                        fingerprints.of("a", "bc"),
                        fingerprints.of("abc", ""),
                        fingerprints.of("", "abc"),
                        fingerprints.of("abc")))
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsAMissingFieldFromAnEmptyOne() {
        assertThat(fingerprints.of("a", null)).isNotEqualTo(fingerprints.of("a", ""));
    }

    @Test
    void givesTheSameNameAgainAndAFixedWidth() {
        // given another instance, as after a restart
        var again = new Fingerprints().of("checkout", "ä€𝄞");

        // then
        assertThat(fingerprints.of("checkout", "ä€𝄞")).isEqualTo(again);
        assertThat(again.get()).hasSize(16);
    }

    @Test
    void namesAnIdWithinItsProjectEnvironmentAndSource() {
        assertThat(List.of(
                        fingerprints.ofId(event(event -> {})),
                        fingerprints.ofId(event(event -> event.setId("2"))),
                        fingerprints.ofId(event(event -> event.setProject("other"))),
                        fingerprints.ofId(event(event -> event.setEnvironment("staging"))),
                        fingerprints.ofId(event(event -> event.setSource("web"))),
                        fingerprints.ofId(event(event -> event.setSource("")))))
                .doesNotHaveDuplicates();
    }

    @Test
    void doesNotNameAnIdByWhatTheEventSays() {
        assertThat(fingerprints.ofId(event(event -> event.setVariant("green").setCount(7))))
                .isEqualTo(fingerprints.ofId(event(event -> {})));
    }

    @Test
    void namesContentsByEverythingThatBearsOnTheCount() {
        assertThat(List.of(
                        fingerprints.ofContents(event(event -> {})),
                        fingerprints.ofContents(event(event -> event.setExperiment("other"))),
                        fingerprints.ofContents(event(event -> event.setVariant("green"))),
                        fingerprints.ofContents(event(event -> event.setUnit("unit-2"))),
                        fingerprints.ofContents(event(event -> event.setOccurredAt(NOON.plusMillis(1)))),
                        fingerprints.ofContents(event(event -> event.setCount(2))),
                        fingerprints.ofContents(event(event -> event.setRun("r"))),
                        fingerprints.ofContents(event(event -> event.setPageView("r"))),
                        fingerprints.ofContents(event(event -> event.setSession("r")))))
                .doesNotHaveDuplicates();
    }

    private static EvaluationEvent event(Consumer<EvaluationEvent.Builder> change) {
        var builder = Events.event("1", NOON);
        change.accept(builder);
        return builder.build();
    }
}
