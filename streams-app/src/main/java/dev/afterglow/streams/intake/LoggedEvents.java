package dev.afterglow.streams.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what lies before a place in the source with a consumer of its own, which it makes when it is needed. */
public final class LoggedEvents implements EarlierEvents {

    private static final Logger LOGGER = LoggerFactory.getLogger(LoggedEvents.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration patience;

    /**
     * @param topic of the source
     * @param consumers gives one that sees committed records only, without a group
     * @param patience how long one partition may take; the stream thread does nothing else meanwhile, so that this has
     *     to be below {@code max.poll.interval.ms}
     */
    public LoggedEvents(String topic, Supplier<Consumer<byte[], byte[]>> consumers, Duration patience) {
        this.topic = topic;
        this.consumers = consumers;
        this.patience = patience;
    }

    @Override
    public void read(
            int partition,
            Instant from,
            long before,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        if (before == 0) {
            return;
        }
        var source = new TopicPartition(topic, partition);
        try (var consumer = consumers.get()) {
            var found = consumer.offsetsForTimes(Map.of(source, from.toEpochMilli()))
                    .get(source);
            if (found == null || found.offset() >= before) {
                return;
            }
            LOGGER.atInfo()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", partition)
                    .addKeyValue("fromOffset", found.offset())
                    .addKeyValue("toOffset", before)
                    .log("the task begins in the middle of its partition: looking at what came before");
            consumer.assign(List.of(source));
            consumer.seek(source, found.offset());
            readUpTo(consumer, source, before, reader);
        }
    }

    private void readUpTo(
            Consumer<byte[], byte[]> consumer,
            TopicPartition source,
            long before,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (consumer.position(source) < before) {
            for (var record : consumer.poll(POLL)) {
                if (record.offset() < before) {
                    reader.accept(record);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new PrimingException("partition " + source + " begins at offset " + before
                        + " without a memory of event ids, and what came before could not be read within "
                        + patience.toSeconds() + " s (read up to offset " + consumer.position(source)
                        + "). Raise max.poll.interval.ms, or start one de-duplication horizon earlier");
            }
        }
    }
}
