package dev.afterglow.streams.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
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

class OpenTransactionTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final TopicPartition HERE = new TopicPartition("t.cost-teams-changelog", 0);
    private static final TopicPartition ELSEWHERE = new TopicPartition("t.costs", 0);

    private final OpenTransaction transaction = new OpenTransaction(
            HERE, new ProducerState(6, 12, 2, NOON.toEpochMilli(), OptionalInt.of(0), OptionalLong.of(25)));

    @Test
    void hangsWhenNoCoordinatorKnowsItsProducer() {
        assertThat(isHanging(Optional.empty())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "COMPLETE_COMMIT", "COMPLETE_ABORT"})
    void hangsWhenItsCoordinatorHasNothingUnderWay(TransactionState state) {
        assertThat(isHanging(known(state, 6, HERE))).isTrue();
    }

    @Test
    void hangsWhenWhatIsUnderWayIsElsewhere() {
        assertThat(isHanging(known(TransactionState.ONGOING, 6, ELSEWHERE))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ONGOING", "PREPARE_COMMIT", "PREPARE_ABORT"})
    void isLeftAloneWhileItsCoordinatorLooksAfterIt(TransactionState state) {
        assertThat(isHanging(known(state, 6, HERE))).isFalse();
    }

    @Test
    void isAnotherOneOnceItsProducerHasBegunAgain() {
        var again = new OpenTransaction(
                HERE, new ProducerState(6, 13, 0, NOON.toEpochMilli(), OptionalInt.of(0), OptionalLong.of(29)));

        assertThat(transaction.isStill(transaction)).isTrue();
        assertThat(transaction.isStill(again)).isFalse();
    }

    @Test
    void holdsReadersUpWhereItStarts() {
        assertThat(transaction.startsAt(25)).isTrue();
        assertThat(transaction.startsAt(28)).isFalse();
    }

    @Test
    void saysWhatAnOperatorWouldType() {
        assertThat(transaction.command())
                .endsWith("abort --topic t.cost-teams-changelog --partition 0 --start-offset 25");
    }

    private boolean isHanging(Optional<TransactionDescription> coordinator) {
        return transaction.isHanging(coordinator);
    }

    private static Optional<TransactionDescription> known(TransactionState state, long producer, TopicPartition at) {
        return Optional.of(
                new TransactionDescription(1, state, producer, 12, 60_000, OptionalLong.empty(), Set.of(at)));
    }
}
