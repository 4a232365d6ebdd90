package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyCommitsTest {

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

    @ParameterizedTest(name = "{0} changes: asked for a commit: {1}")
    @CsvSource({"0, false", "1, true", "2000, true", "2001, false", "50000, false"})
    void asksWhileThereIsSomethingToCommitForButLittle(int gathered, boolean asked) {
        // given
        context.setCurrentSystemTimeMs(0);
        EarlyCommits.schedule(context, Duration.ofSeconds(4), () -> gathered);
        var look = context.scheduledPunctuators().get(0);

        // when
        look.getPunctuator().punctuate(4_000);

        // then
        assertThat(context.committed()).isEqualTo(asked);
        assertThat(look.getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
        assertThat(look.getInterval()).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void waitsFromTheLastCommitOnWhoeverAskedForIt() {
        // given
        context.setCurrentSystemTimeMs(0);
        var commits = EarlyCommits.schedule(context, Duration.ofSeconds(4), () -> 1);
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
}
