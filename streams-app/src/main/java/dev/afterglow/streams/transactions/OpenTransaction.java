package dev.afterglow.streams.transactions;

import java.util.Optional;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that a partition holds for open.
 *
 * @param partition where it holds up readers
 * @param producer what the partition knows of its producer
 */
record OpenTransaction(TopicPartition partition, ProducerState producer) {

    private static final int NO_COORDINATOR_YET = -1;
    private static final long NOWHERE = -1;

    /**
     * Whether nobody will ever end it: the coordinator does not count this partition among those of a transaction that
     * is under way. The same test as that of Kafka's own command for it (KIP-664). Certain only when the partition holds
     * the transaction for open before and after the coordinator was asked: it may just have ended.
     *
     * @param coordinator what the coordinator knows of the producer's transaction; empty when it knows no such producer
     */
    boolean isHanging(Optional<TransactionDescription> coordinator) {
        return coordinator
                .filter(known -> known.producerId() == producer.producerId())
                .filter(known -> known.topicPartitions().contains(partition))
                .filter(known -> isUnderWay(known.state()))
                .isEmpty();
    }

    /** Whether it is what readers wait for who have come to an offset. */
    boolean startsAt(long offset) {
        return producer.currentTransactionStartOffset().orElse(NOWHERE) == offset;
    }

    /** Whether both are one and the same. */
    boolean isStill(OpenTransaction other) {
        return partition.equals(other.partition)
                && producer.producerId() == other.producer.producerId()
                && producer.producerEpoch() == other.producer.producerEpoch()
                && producer.currentTransactionStartOffset().equals(other.producer.currentTransactionStartOffset());
    }

    AbortTransactionSpec abortion() {
        return new AbortTransactionSpec(
                partition,
                producer.producerId(),
                (short) producer.producerEpoch(),
                producer.coordinatorEpoch().orElse(NO_COORDINATOR_YET));
    }

    /** What an operator types to do the same. */
    String command() {
        return "kafka-transactions.sh --bootstrap-server ... abort --topic " + partition.topic() + " --partition "
                + partition.partition() + " --start-offset "
                + producer.currentTransactionStartOffset().orElse(NOWHERE);
    }

    private static boolean isUnderWay(TransactionState state) {
        return state == TransactionState.ONGOING
                || state == TransactionState.PREPARE_COMMIT
                || state == TransactionState.PREPARE_ABORT;
    }
}
