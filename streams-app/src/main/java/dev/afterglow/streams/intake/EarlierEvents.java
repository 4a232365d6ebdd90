package dev.afterglow.streams.intake;

import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads again what lies before the place in a partition at which a task without any memory begins. */
@FunctionalInterface
public interface EarlierEvents {

    /**
     * Gives the records that arrived at a time or later and lie before an offset, in their order.
     *
     * @param partition of the source topic
     * @param from nothing before this is of interest
     * @param before the first offset that is not given
     * @throws PrimingException when it takes too long, with the remedy
     */
    void read(int partition, Instant from, long before, Consumer<ConsumerRecord<byte[], byte[]>> reader);
}
