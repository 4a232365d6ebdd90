package dev.afterglow.streams.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OpenTransactionTest {

    private static final TopicPartition HERE = new TopicPartition("t.cost-teams-changelog", 0);

    private final OpenTransaction transaction = openAt(12, 25);

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "COMPLETE_COMMIT", "COMPLETE_ABORT"})
    void hangsWhenItsCoordinatorHasDoneWithIt(TransactionState state) {
        assertThat(transaction.isHangingAfter(known(state, 6))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"EMPTY", "COMPLETE_COMMIT", "COMPLETE_ABORT"})
    void mayStillEndInAnyOtherState(TransactionState state) {
        assertThat(transaction.isHangingAfter(known(state, 6))).isFalse();
    }

    @Test
    void saysNothingOfAnotherProducer() {
        assertThat(transaction.isHangingAfter(known(TransactionState.EMPTY, 7))).isFalse();
    }

    @Test
    void isAnotherOneOnceItsProducerHasBegunAgain() {
        assertThat(transaction.isStill(openAt(12, 25))).isTrue();
        assertThat(transaction.isStill(openAt(13, 29))).isFalse();
        assertThat(transaction.isStill(openAt(12, 29))).isFalse();
    }

    @Test
    void saysWhatAnOperatorHasToKnow() {
        assertThat(transaction.describe(known(TransactionState.COMPLETE_COMMIT, 6)))
                .contains("t.cost-teams-changelog-0", "offset 25", "producer 6", "CompleteCommit");
    }

    private static OpenTransaction openAt(int epoch, long offset) {
        return new OpenTransaction(HERE, new ProducerState(6, epoch, 2, 0, OptionalInt.of(0), OptionalLong.of(offset)));
    }

    private static TransactionDescription known(TransactionState state, long producer) {
        return new TransactionDescription(1, state, producer, 13, 60_000, OptionalLong.empty(), Set.of(HERE));
    }
}
