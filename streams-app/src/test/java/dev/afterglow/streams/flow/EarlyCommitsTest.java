package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyCommitsTest {

    private static final Duration QUIET = Duration.ofDays(30);

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

    @ParameterizedTest(name = "{0} changes after {1} ms: asked for a commit: {2}")
    @CsvSource({
        "0, 4000, false",
        "1, 3999, false",
        "1, 4000, true",
        "2000, 4000, true",
        "2001, 4000, false",
        "4000, 7999, false",
        "4000, 8000, true",
        "50000, 99999, false",
        "2000000000, 2000000000, false"
    })
    void asksTheLaterTheMoreThereIsToCommit(int gathered, long waited, boolean asked) {
        // given
        context.setCurrentSystemTimeMs(0);
        EarlyCommits.schedule(context, Duration.ofSeconds(4), QUIET, () -> gathered);
        var look = context.scheduledPunctuators().get(0);

        // when
        look.getPunctuator().punctuate(waited);

        // then
        assertThat(context.committed()).isEqualTo(asked);
        assertThat(look.getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
        assertThat(look.getInterval()).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void waitsFromTheLastCommitOnWhoeverAskedForIt() {
        // given
        context.setCurrentSystemTimeMs(0);
        var commits = EarlyCommits.schedule(context, Duration.ofSeconds(4), QUIET, () -> 1);
        var look = context.scheduledPunctuators().get(0);
        context.setCurrentSystemTimeMs(3_000);
        commits.committing();

        // when
        look.getPunctuator().punctuate(6_999);

        // then
        assertThat(context.committed()).isFalse();
        look.getPunctuator().punctuate(7_000);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void waitsForNoMoreOnceNothingMoreCame() {
        // given
        context.setCurrentSystemTimeMs(0);
        var commits = EarlyCommits.schedule(context, Duration.ofSeconds(1), Duration.ofSeconds(3), () -> 40_000);
        var look = context.scheduledPunctuators().get(0).getPunctuator();
        look.punctuate(200);
        commits.more();
        look.punctuate(2_000);

        // when
        look.punctuate(4_999);

        // then
        assertThat(context.committed()).isFalse();
        look.punctuate(5_000);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void waitsForNoMoreOnceItWasToldThatItIsEnoughUnlessItHasJustCommitted() {
        // given
        context.setCurrentSystemTimeMs(0);
        var commits = EarlyCommits.schedule(context, Duration.ofSeconds(1), Duration.ofSeconds(3), () -> 40_000);
        var look = context.scheduledPunctuators().get(0).getPunctuator();

        // when
        commits.enough();

        // then
        commits.more();
        look.punctuate(2_999);
        assertThat(context.committed()).isFalse();
        look.punctuate(3_000);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void waitsForMoreAgainAfterTheCommit() {
        // given
        context.setCurrentSystemTimeMs(0);
        var commits = EarlyCommits.schedule(context, Duration.ofSeconds(1), Duration.ofSeconds(3), () -> 40_000);
        commits.enough();

        // when
        commits.committing();

        // then
        commits.more();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(5_000);
        assertThat(context.committed()).isFalse();
    }
}
