package dev.afterglow.streams.directory;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.deadletter.ConfigurationCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions on a configuration topic, by key, followed as they arrive. It is a plain consumer and no global store,
 * since a global store hands out bytes to decode on every look-up, and look-ups are made for every event. Records that
 * cannot be used are passed over here: the one task that owns them dead-letters them. A registry that does not answer
 * within its budget ends the following, and with it the process: without its configuration nothing can be judged.
 */
public final class Directory<V> implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Directory.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topic<V> topic;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Function<V, String> keyOf;
    private final ConfigurationCheck<V> check;
    private final Consumer<Throwable> onFailure;
    private final AtomicReference<Snapshot<V>> snapshot = new AtomicReference<>(new Snapshot<>(Map.of(), 0));
    private final CountDownLatch ready = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    private record Snapshot<V>(Map<String, List<Entry<V>>> entries, long revision) {}

    /**
     * @param consumer read_committed and without a group; owned by the directory from now on
     * @param keyOf the key under which a version has to be written, and is looked up
     * @param problems what is wrong with a version; one with problems is passed over
     * @param onFailure told when the directory can no longer follow its topic
     */
    public Directory(
            Topic<V> topic,
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            Deserializer<V> deserializer,
            Function<V, String> keyOf,
            Function<V, List<String>> problems,
            Consumer<Throwable> onFailure) {
        this.topic = topic;
        this.consumer = consumer;
        this.keyOf = keyOf;
        this.check = new ConfigurationCheck<>(topic.name(), deserializer, keyOf, problems);
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, "directory-" + topic.name());
        this.thread.setDaemon(true);
    }

    /** Starts to follow the topic; {@link #awaitReady} says when what is there now has been read. */
    public void start() {
        thread.start();
    }

    /** Waits until everything that was there at the start has been read; false when the time is over before. */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        return ready.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All versions under a key in order of arrival; empty when there are none. */
    public List<Entry<V>> of(String key) {
        return snapshot.get().entries().getOrDefault(key, List.of());
    }

    /** Everything, by key. */
    public Map<String, List<Entry<V>>> all() {
        return snapshot.get().entries();
    }

    /** Grows with every change, so that who has looked before can tell whether to look again. */
    public long revision() {
        return snapshot.get().revision();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            consumer.wakeup();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try (consumer) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (!closed.get()) {
                var changed = new HashMap<String, List<Entry<V>>>();
                consumer.poll(POLL).forEach(record -> read(record, changed));
                publish(changed);
                if (ready.getCount() > 0
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    ready.countDown();
                }
            }
        } catch (WakeupException e) {
            LOGGER.atDebug().addKeyValue("topic", topic.name()).log("directory closed");
        } catch (RuntimeException e) {
            if (!closed.get()) {
                onFailure.accept(new IllegalStateException("cannot follow the topic " + topic.name(), e));
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Map<String, List<Entry<V>>> changed) {
        var checked = check.check(record.headers(), record.key(), record.value());
        if (checked.reason() == null) {
            changed.computeIfAbsent(keyOf.apply(checked.value()), key -> new ArrayList<>(of(key)))
                    .add(new Entry<>(checked.value(), Instant.ofEpochMilli(record.timestamp())));
        } else {
            passOver(record, checked.detail());
        }
    }

    private void publish(Map<String, List<Entry<V>>> changed) {
        if (!changed.isEmpty()) {
            var before = snapshot.get();
            var entries = new HashMap<>(before.entries());
            changed.forEach((key, versions) -> entries.put(key, List.copyOf(versions)));
            snapshot.set(new Snapshot<>(Map.copyOf(entries), before.revision() + 1));
        }
    }

    private static void passOver(ConsumerRecord<byte[], byte[]> record, String why) {
        LOGGER.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("why", why)
                .log("passed over a record of configuration that cannot be used");
    }
}
