package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.registry.RegistryRefusedException;
import dev.afterglow.schemas.registry.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the output topics and writes what they say into the store, until it is told to stop. */
final class Feed implements Runnable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Feed.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** From so many on in one poll there is much to come: what is written together costs less. */
    private static final int MANY = 500;

    private static final int MOST_TOGETHER = 20_000;
    private static final Duration GATHER = Duration.ofSeconds(1);

    private final Store store;
    private final Projection projection;
    private final Supplier<Source> sources;
    private final Positions positions;
    private final Clock clock;
    private final AtomicLong skipped = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);
    private Duration pause = Duration.ofMillis(250);
    private Instant touched = Instant.MIN;
    private String lost;

    Feed(Store store, Projection projection, Supplier<Source> sources, Positions positions, Clock clock) {
        this.store = store;
        this.projection = projection;
        this.sources = sources;
        this.positions = positions;
        this.clock = clock;
    }

    /** Returns only after {@link #stop}, or throws what cannot be helped by trying again, a full disk for one. */
    @Override
    public void run() {
        while (!stopped()) {
            try (var source = sources.get()) {
                follow(source);
            } catch (OffsetOutOfRangeException e) {
                lost = "its position is gone: " + e.getMessage();
                positions.lose();
            } catch (KafkaException e) {
                waitAfter("The read model cannot read its topics; trying again", e);
            }
        }
    }

    void stop() {
        stop.countDown();
    }

    /** Records that could not be decoded, since the start of the process. */
    long skipped() {
        return skipped.get();
    }

    private void follow(Source source) {
        var description = source.describe(projection.topics());
        var partitions = description.all();
        var consumer = source.consumer();
        consumer.assign(partitions);
        var beginnings = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var from = startingPoints(description.origin(), beginnings, ends);
        from.forEach(consumer::seek);
        positions.start(from, ends);
        while (!stopped()) {
            write(consumer, read(consumer));
            pause = POLL;
            if (positions.updateReady()) {
                LOGGER.atInfo().addKeyValue("partitions", from.size()).log("The read model is ready");
            }
        }
    }

    private Map<TopicPartition, Long> startingPoints(
            Origin origin, Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        var from = new HashMap<>(beginnings);
        var offsets = store.offsets();
        var objection = Optional.ofNullable(lost)
                .or(() -> origin.objection(store.meta(), offsets, beginnings, ends, clock.instant()));
        if (objection.isPresent()) {
            store.startAgain(origin.meta(clock.instant()));
            lost = null;
            LOGGER.atInfo().addKeyValue("reason", objection.get()).log("Building the read model from the beginning");
        } else {
            from.putAll(offsets);
        }
        return from;
    }

    /** Sums of many counts, and counts of many revisions, are written once where they come together. */
    private List<ConsumerRecord<byte[], byte[]>> read(Consumer<byte[], byte[]> consumer) {
        var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        consumer.poll(POLL).forEach(read::add);
        var until = clock.instant().plus(GATHER);
        while (read.size() >= MANY && read.size() < MOST_TOGETHER && !stopped()) {
            var left = Duration.between(clock.instant(), until);
            if (left.isNegative() || left.isZero()) {
                break;
            }
            consumer.poll(left).forEach(read::add);
        }
        return read;
    }

    /** Tries until the batch is written or the feed is stopped: whoever cannot decode now may be able to in a moment. */
    private void write(Consumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> records) {
        while (!stopped()) {
            try {
                writeOnce(consumer, records);
                return;
            } catch (KafkaException e) {
                waitAfter("The read model cannot decode records for now; trying again", e);
            }
        }
    }

    private void writeOnce(Consumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> records) {
        var bad = new ArrayList<Skipped>();
        var moved = new HashMap<TopicPartition, Long>();
        for (var partition : consumer.assignment()) {
            // The consumer's own position, since it also passes over the markers of transactions.
            var position = consumer.position(partition);
            if (!positions.of(partition).equals(Optional.of(position))) {
                moved.put(partition, position);
            }
        }
        var now = clock.instant();
        var touch = !now.isBefore(touched.plus(TOUCH_EVERY));
        if (moved.isEmpty() && !touch) {
            return;
        }
        try (var batch = store.batch()) {
            batch.lookUp(records.stream().flatMap(projection::reads).toList());
            for (var record : records) {
                apply(batch, record, bad);
            }
            moved.forEach(batch::putOffset);
            if (touch) {
                batch.putTouched(now);
                touched = now;
            }
            store.commit(batch);
        }
        moved.forEach(positions::advance);
        report(bad);
    }

    private void apply(Batch batch, ConsumerRecord<byte[], byte[]> record, List<Skipped> bad) {
        try {
            projection.apply(batch, record);
        } catch (RuntimeException e) {
            if (!isBadRecord(e)) {
                throw e;
            }
            bad.add(new Skipped(record, e));
        }
    }

    private static boolean isBadRecord(RuntimeException e) {
        return !(e instanceof RegistryUnavailableException
                || e instanceof RegistryRefusedException
                || e instanceof RetriableException
                || e instanceof InterruptException
                || e instanceof StoreException);
    }

    private void report(List<Skipped> bad) {
        for (var skip : bad) {
            skipped.incrementAndGet();
            LOGGER.atError()
                    .addKeyValue("topic", skip.record().topic())
                    .addKeyValue("partition", skip.record().partition())
                    .addKeyValue("offset", skip.record().offset())
                    .addKeyValue("reason", skip.reason().getMessage())
                    .log("The read model skipped a record that it cannot decode");
        }
    }

    private void waitAfter(String what, KafkaException e) {
        LOGGER.atWarn()
                .addKeyValue("error", e.getClass().getSimpleName())
                .addKeyValue("reason", e.getMessage())
                .addKeyValue("againInMs", pause.toMillis())
                .log(what);
        try {
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop();
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private record Skipped(ConsumerRecord<byte[], byte[]> record, RuntimeException reason) {}
}
