package dev.afterglow.streams.transactions;

import java.time.Duration;
import java.time.Instant;
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

    /**
     * Whether nobody will ever end it: the coordinator does not count this partition among those of a transaction that
     * is under way. The same test as that of Kafka's own command for it (KIP-664).
     *
     * @param coordinator what the coordinator knows of the producer's transaction; empty when it knows no such producer
     * @param timeout longer than any transaction of the writers may take
     */
    boolean isHanging(Optional<TransactionDescription> coordinator, Instant now, Duration timeout) {
        if (Instant.ofEpochMilli(producer.lastTimestamp()).plus(timeout).isAfter(now)) {
            return false;
        }
        return coordinator
                .filter(known -> known.producerId() == producer.producerId())
                .filter(known -> known.topicPartitions().contains(partition))
                .filter(known -> isUnderWay(known.state()))
                .isEmpty();
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
                + producer.currentTransactionStartOffset().orElse(0);
    }

    private static boolean isUnderWay(TransactionState state) {
        return state == TransactionState.ONGOING
                || state == TransactionState.PREPARE_COMMIT
                || state == TransactionState.PREPARE_ABORT;
    }
}
