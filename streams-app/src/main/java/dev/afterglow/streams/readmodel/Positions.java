package dev.afterglow.streams.readmodel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** How far the read model has come; written by its thread, read by anybody. */
final class Positions {

    private final Map<TopicPartition, Long> applied = new ConcurrentHashMap<>();
    private volatile Map<TopicPartition, Long> targets;
    private volatile boolean ready;

    /** A (new) start from these positions, ready when the targets have been reached. */
    void start(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        ready = false;
        applied.clear();
        applied.putAll(from);
        targets = Map.copyOf(to);
        updateReady();
    }

    /** The store is no longer what the positions say. */
    void lose() {
        ready = false;
        targets = null;
        applied.clear();
    }

    void advance(TopicPartition partition, long position) {
        applied.put(partition, position);
    }

    /** Whether this made the read model ready. */
    boolean updateReady() {
        var to = targets;
        if (ready || to == null) {
            return false;
        }
        ready = to.entrySet().stream()
                .allMatch(target -> applied.getOrDefault(target.getKey(), 0L) >= target.getValue());
        return ready;
    }

    boolean ready() {
        return ready;
    }

    Map<TopicPartition, Long> applied() {
        return Map.copyOf(applied);
    }

    Optional<Long> of(TopicPartition partition) {
        return Optional.ofNullable(applied.get(partition));
    }
}
