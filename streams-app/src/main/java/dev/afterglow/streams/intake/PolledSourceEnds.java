package dev.afterglow.streams.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker for the ends of the partitions that intake reads, and remembers when a reader had reached one. The
 * end is that of everything written, uncommitted transactions included: what has arrived there but cannot be read yet
 * still has to hold the watermark back. Where only markers of transactions lie between reader and end, a consumer of
 * its own finds that out, since no record will ever move the reader over them.
 */
public final class PolledSourceEnds implements SourceEnds, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(PolledSourceEnds.class);

    /** By how much the clocks of broker and instance may differ without a watermark passing what it has not seen. */
    private static final Duration CLOCK_MARGIN = Duration.ofSeconds(1);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration PROBE = Duration.ofMillis(300);

    private final String topic;
    private final Admin admin;
    private final Consumer<byte[], byte[]> probe;
    private final Clock clock;
    private final Map<Integer, Long> asked = new ConcurrentHashMap<>();
    private final Map<Integer, Long> before = new ConcurrentHashMap<>();
    private final Map<Integer, Drained> drained = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor;

    private record Drained(long nextOffset, Instant asOf) {}

    private PolledSourceEnds(String topic, Admin admin, Consumer<byte[], byte[]> probe, Clock clock) {
        this.topic = topic;
        this.admin = admin;
        this.probe = probe;
        this.clock = clock;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "source-ends");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to ask.
     *
     * @param admin stays the caller's to close, after this
     * @param probe a read_committed consumer without a group, owned by this from now on; starts at the beginning where
     *     an offset is gone
     */
    public static PolledSourceEnds start(
            String topic, Admin admin, Consumer<byte[], byte[]> probe, Clock clock, Duration interval) {
        var ends = new PolledSourceEnds(topic, admin, probe, clock);
        ends.executor.scheduleWithFixedDelay(ends::poll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return ends;
    }

    @Override
    public Optional<Instant> drainedAsOf(int partition, long nextOffset) {
        asked.put(partition, nextOffset);
        return Optional.ofNullable(drained.get(partition))
                .filter(found -> found.nextOffset() == nextOffset)
                .map(Drained::asOf);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (executor.awaitTermination(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                probe.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        // Who moved to another instance no longer asks, and is no longer looked after.
        var readers = new HashMap<>(asked);
        asked.keySet().removeAll(readers.keySet());
        if (readers.isEmpty()) {
            return;
        }
        try {
            var asOf = clock.instant().minus(CLOCK_MARGIN);
            var ends = ends(readers);
            readers.forEach((partition, nextOffset) -> {
                if (isDrained(partition, nextOffset, ends.get(partition))) {
                    drained.put(partition, new Drained(nextOffset, asOf));
                }
                before.put(partition, nextOffset);
            });
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Without an answer the watermark stays where the last record has left it: that is always right.
            LOGGER.atDebug().setCause(e).log("the ends of the source are not known at the moment");
        }
    }

    private Map<Integer, Long> ends(Map<Integer, Long> readers) throws Exception {
        var request = readers.keySet().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
        var answer = admin.listOffsets(request, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        return answer.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(),
                        entry -> entry.getValue().offset()));
    }

    private boolean isDrained(int partition, long nextOffset, long end) {
        // A reader that moves has records to read: there is nothing to be found out by reading along.
        boolean stands = Long.valueOf(nextOffset).equals(before.get(partition));
        return nextOffset >= end || stands && holdsNoRecord(new TopicPartition(topic, partition), nextOffset, end);
    }

    private boolean holdsNoRecord(TopicPartition partition, long from, long end) {
        try {
            probe.assign(java.util.List.of(partition));
            probe.seek(partition, from);
            return probe.poll(PROBE).isEmpty() && probe.position(partition, PROBE) >= end;
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            return false;
        } catch (KafkaException e) {
            probe.unsubscribe();
            throw e;
        }
    }
}
