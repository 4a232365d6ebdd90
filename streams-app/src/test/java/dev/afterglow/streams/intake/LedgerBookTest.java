package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.intake.Outcome.ExclusionReason;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class LedgerBookTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final KeyValueStore<String, IntakeLedger> store = HeapStores.keyValue(StateSerde.of(IntakeLedger.class));
    private final LedgerBook book = new LedgerBook(store, "evaluations", 3);

    @Test
    void accountsForEveryEvaluationByItsOutcome() {
        // when
        fill(book);

        // then
        var ledger = book.save();
        assertThat(ledger.getReceived()).isEqualTo(1 + 2 + 4 + 8 + 16 + 32);
        assertThat(ledger.getCounted()).isEqualTo(1);
        assertThat(ledger.getDuplicate()).isEqualTo(2 + 4);
        assertThat(ledger.getConflicts()).isEqualTo(4);
        assertThat(ledger.getExcluded()).isEqualTo(Map.of("REPEAT", 8L));
        assertThat(ledger.getDeadLettered()).isEqualTo(Map.of("FUTURE", 16L, "INVALID", 32L));
    }

    @Test
    void goesOnWhereItWasSaved() {
        // given
        fill(book);
        var saved = book.save();

        // when
        var again = new LedgerBook(store, "evaluations", 3);

        // then
        assertThat(again.nextOffset()).isEqualTo(42);
        assertThat(again.arrivedUpTo()).isEqualTo(NOON.toEpochMilli());
        assertThat(again.save()).isEqualTo(saved);
    }

    @Test
    void keepsSourcePartitionsApart() {
        // given
        fill(book);
        book.save();

        // then
        assertThat(new LedgerBook(store, "evaluations", 4).save().getReceived()).isZero();
    }

    @Test
    void leavesOutAReasonForWhichThereWasNothing() {
        // when
        book.exclude(ExclusionReason.REPEAT, 0);

        // then
        assertThat(book.save().getExcluded()).isEmpty();
    }

    private static void fill(LedgerBook book) {
        book.read(41, NOON.toEpochMilli());
        book.count(1);
        book.duplicate(2, false);
        book.duplicate(4, true);
        book.exclude(ExclusionReason.REPEAT, 8);
        book.reject(DeadLetterReason.FUTURE, 16);
        book.reject(DeadLetterReason.INVALID, 32);
    }
}
