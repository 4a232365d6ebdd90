package dev.afterglow.streams.readmodel;

import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Turns a record of an output topic into the rows that it changes: its own, and the sums above it. */
final class Projection {

    private interface Rows<V> {
        void change(Batch batch, ConsumerRecord<byte[], byte[]> source, V value);
    }

    private interface Handler {
        void apply(Batch batch, ConsumerRecord<byte[], byte[]> source);
    }

    private final Map<String, Handler> handlers = new LinkedHashMap<>();
    private final Decoders decoders;
    private final String impressions;

    Projection(Topics topics, Decoders decoders) {
        this.decoders = decoders;
        impressions = topics.impressions().name();
        on(topics.impressions(), this::impressions);
        on(topics.experiments(), this::definitions);
        on(topics.alertActions(), this::actions);
        on(topics.cleanupAlerts(), this::cleanupAlerts);
        on(topics.costAlerts(), this::costAlerts);
        on(topics.operatorAlerts(), this::operatorAlerts);
        on(topics.costs(), as(Table.COSTS, Codecs.COST));
        on(topics.accountCosts(), as(Table.ACCOUNT_COSTS, Codecs.ACCOUNT_COST));
        on(topics.openAlerts(), as(Table.OPEN_ALERTS, Codecs.OPEN_ALERT));
        on(topics.outcomes(), as(Table.OUTCOMES, Codecs.OUTCOME));
        on(topics.intakeLedger(), as(Table.LEDGERS, Codecs.LEDGER));
        on(topics.progress(), as(Table.PROGRESS, Codecs.PROGRESS));
    }

    /** Names of the topics it knows what to do with. */
    Set<String> topics() {
        return handlers.keySet();
    }

    /**
     * Adds what a record changes to the batch, or throws and adds nothing.
     *
     * @throws RuntimeException of the kinds that {@link Decoders} tells apart
     */
    void apply(Batch batch, ConsumerRecord<byte[], byte[]> source) {
        if (source.key() == null) {
            throw new SerializationException("the record has no key");
        }
        handlers.get(source.topic()).apply(batch, source);
    }

    /** The keys that {@link #apply} is going to read for a record. */
    Stream<byte[]> reads(ConsumerRecord<byte[], byte[]> source) {
        return source.key() == null || !source.topic().equals(impressions)
                ? Stream.empty()
                : Stream.of(Table.IMPRESSIONS.key(source.key()), Keys.totalsOf(source.key()));
    }

    private <V> void on(Topic<V> topic, Rows<V> rows) {
        var deserializer = decoders.of(topic);
        handlers.put(topic.name(), (batch, source) -> {
            var value = source.value() == null
                    ? null
                    : deserializer.deserialize(source.topic(), source.headers(), source.value());
            rows.change(batch, source, value);
        });
    }

    private static <V extends SpecificRecord> Rows<V> as(Table table, AvroBytes<V> codec) {
        return (batch, source, value) -> {
            var key = table.key(source.key());
            if (value == null) {
                batch.delete(key);
            } else {
                batch.put(key, codec.encode(value));
            }
        };
    }

    private void impressions(Batch batch, ConsumerRecord<byte[], byte[]> source, ImpressionCount value) {
        var parsed = ImpressionKey.parse(text(source.key()));
        var key = Table.IMPRESSIONS.key(source.key());
        var stored = batch.get(key);
        var before =
                stored == null ? null : (Long) Codecs.IMPRESSION.decode(stored).getCount();
        var after = value == null ? null : (Long) value.getCount();
        var totalsKey = Keys.totalsOf(source.key());
        var totals = Totals.decode(batch.get(totalsKey)).replace(parsed.variant(), before, after);
        if (value == null) {
            batch.delete(key);
        } else {
            batch.put(key, Codecs.IMPRESSION.encode(value));
        }
        if (totals.isEmpty()) {
            batch.delete(totalsKey);
        } else {
            batch.put(totalsKey, totals.encode());
        }
    }

    private void definitions(Batch batch, ConsumerRecord<byte[], byte[]> source, ExperimentDefinition value) {
        requireValue(value);
        var identity = ExperimentKey.parse(text(source.key())).toString();
        batch.put(Keys.definition(identity, value), Codecs.DEFINITION.encode(value));
    }

    private void actions(Batch batch, ConsumerRecord<byte[], byte[]> source, AlertAction value) {
        requireValue(value);
        batch.put(Keys.action(value.getSubject(), value.getAt(), source.offset()), Codecs.ACTION.encode(value));
    }

    private void cleanupAlerts(Batch batch, ConsumerRecord<byte[], byte[]> source, CleanupAlert value) {
        requireValue(value);
        putAlert(batch, source, AlertMessage.of(value), AlertMessage.encode(value));
    }

    private void costAlerts(Batch batch, ConsumerRecord<byte[], byte[]> source, CostAlert value) {
        requireValue(value);
        putAlert(batch, source, AlertMessage.of(value), AlertMessage.encode(value));
    }

    private void operatorAlerts(Batch batch, ConsumerRecord<byte[], byte[]> source, OperatorAlert value) {
        requireValue(value);
        putAlert(batch, source, AlertMessage.of(value), AlertMessage.encode(value));
    }

    private static void putAlert(
            Batch batch, ConsumerRecord<byte[], byte[]> source, AlertMessage alert, byte[] encoded) {
        batch.put(Table.ALERTS.key(alert.alertId()), encoded);
        batch.put(Keys.historyEntry(alert.alertId(), alert.at(), source.offset()), encoded);
    }

    private static void requireValue(Object value) {
        if (value == null) {
            throw new SerializationException("the topic is a log, in which a tombstone has no meaning");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
