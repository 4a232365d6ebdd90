package dev.afterglow.streams.audit;

import static dev.afterglow.streams.audit.Recounts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.state.Progress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineWaitTest {

    private final PipelineWait wait = new PipelineWait(Map.of(0, 10L), 2, ledger -> ledger.getNextOffset() == 9);

    @Test
    void waitsUntilTheLedgerHasReachedThePinnedEnd() {
        // given
        publishedUpTo(NOON.plusMillis(1));
        wait.ledger(ledger(8));

        // then
        assertThat(wait.isSettled()).isFalse();
        assertThat(wait.whatIsMissing()).containsExactly("partition 0 of the events is counted up to offset 8 of 10");
    }

    @Test
    void doesNotWaitForOffsetsThatHoldNoRecord() {
        // given
        publishedUpTo(NOON.plusMillis(1));
        wait.ledger(ledger(9));

        // then
        assertThat(wait.isSettled()).isTrue();
    }

    @Test
    void waitsUntilTheCountsHavePassedWhatTheLedgerHasRead() {
        // given
        wait.ledger(ledger(10));
        publishedUpTo(NOON);

        // then
        assertThat(wait.isSettled()).isFalse();
        assertThat(wait.whatIsMissing()).hasSize(2).first().asString().contains("has to pass " + NOON);
    }

    @Test
    void keepsTheFirstLedgerThatHasComeSoFar() {
        // given
        wait.ledger(ledger(10));
        wait.ledger(ledger(15));
        publishedUpTo(NOON.plusMillis(1));

        // then
        assertThat(wait.isSettled()).isTrue();
        assertThat(wait.settled().ledger(0)).contains(ledger(10));
    }

    @Test
    void doesNotTakeTheProgressOfAnotherStage() {
        // given
        wait.ledger(ledger(10));
        wait.progress(new Progress("cleanup", 0, NOON.plusMillis(1), NOON, null));
        wait.progress(new Progress("cleanup", 1, NOON.plusMillis(1), NOON, null));

        // then
        assertThat(wait.isSettled()).isFalse();
    }

    @Test
    void hasNothingToWaitForWhenNothingArrived() {
        assertThat(new PipelineWait(Map.of(), 2, ledger -> false).isSettled()).isTrue();
    }

    private void publishedUpTo(Instant watermark) {
        wait.progress(new Progress("impressions", 0, watermark, NOON, null));
        wait.progress(new Progress("impressions", 1, watermark, NOON, null));
    }

    private static IntakeLedger ledger(long nextOffset) {
        return IntakeLedger.newBuilder()
                .setTopic("events")
                .setPartition(0)
                .setNextOffset(nextOffset)
                .setReceived(nextOffset)
                .setCounted(nextOffset)
                .setDuplicate(0)
                .setArrivedUpTo(NOON)
                .build();
    }
}
