package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The store and its projection, filled by hand instead of from Kafka. */
public final class FilledReadModel implements AutoCloseable {

    public static final Topics TOPICS = new Topics("afterglow.");

    private final Store store;
    private final Projection projection = new Projection(TOPICS, new InternalDecoders());
    private long offset;

    public FilledReadModel(Path directory) {
        store = Store.open(directory);
    }

    /** Applies one record in a batch of its own. */
    public <V> void put(Topic<V> topic, String key, V value) {
        try (var batch = store.batch()) {
            put(batch, topic, key, value);
            store.commit(batch);
        }
    }

    /** Applies many records in one batch. */
    public <V> void putAll(Topic<V> topic, Map<String, V> values) {
        try (var batch = store.batch()) {
            values.forEach((key, value) -> put(batch, topic, key, value));
            store.commit(batch);
        }
    }

    <V> void put(Batch batch, Topic<V> topic, String key, V value) {
        projection.apply(
                batch,
                new ConsumerRecord<>(
                        topic.name(),
                        0,
                        offset++,
                        key.getBytes(StandardCharsets.UTF_8),
                        InternalDecoders.encode(topic, value)));
    }

    Store store() {
        return store;
    }

    public ReadModelView view() {
        return new ReadModelView(store.reader());
    }

    @Override
    public void close() {
        store.close();
    }
}
