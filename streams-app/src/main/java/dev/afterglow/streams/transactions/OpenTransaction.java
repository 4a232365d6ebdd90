package dev.afterglow.streams.transactions;

import java.util.EnumSet;
import java.util.Set;
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

    private static final Set<TransactionState> OVER =
            EnumSet.of(TransactionState.EMPTY, TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT);

    /**
     * Whether its coordinator says that nothing of its producer is under way: then nobody will ever end it. Certain only
     * when the partition holds it for open before and after the coordinator was asked: it may just have ended.
     */
    boolean isHangingAfter(TransactionDescription coordinator) {
        return coordinator.producerId() == producer.producerId() && OVER.contains(coordinator.state());
    }

    /** Whether both are one and the same. */
    boolean isStill(OpenTransaction other) {
        return partition.equals(other.partition)
                && producer.producerId() == other.producer.producerId()
                && producer.producerEpoch() == other.producer.producerEpoch()
                && producer.currentTransactionStartOffset().equals(other.producer.currentTransactionStartOffset());
    }

    /** For an operator. */
    String describe(TransactionDescription coordinator) {
        return partition + " from offset "
                + producer.currentTransactionStartOffset().orElse(-1) + ", producer " + producer.producerId()
                + " epoch "
                + producer.producerEpoch() + ", of which the coordinator says " + coordinator.state() + " at epoch "
                + coordinator.producerEpoch();
    }
}
