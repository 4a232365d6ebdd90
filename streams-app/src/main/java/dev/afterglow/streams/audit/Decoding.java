package dev.afterglow.streams.audit;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.AvroDeserializer;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.state.Progress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads records with the general deserializers of the contracts, whichever the engine uses. */
final class Decoding implements AutoCloseable {

    private final SchemaRegistry registry;
    private final Deserializer<EvaluationEvent> events;
    private final Deserializer<ImpressionCount> counts;
    private final Deserializer<IntakeLedger> ledgers;
    private final Deserializer<ProjectPolicy> policies;
    private final Deserializer<ExperimentDefinition> definitions;
    private final Deserializer<Progress> progress =
            StateSerde.of(Progress.class).deserializer();

    Decoding(Map<String, Object> settings) {
        registry = SchemaRegistry.from(settings);
        events = AvroDeserializer.of(EvaluationEvent.class, registry);
        counts = AvroDeserializer.of(ImpressionCount.class, registry);
        ledgers = AvroDeserializer.of(IntakeLedger.class, registry);
        definitions = AvroDeserializer.of(ExperimentDefinition.class, registry);
        policies = AvroDeserializer.of(ProjectPolicy.class, registry);
    }

    /** An event; {@link PoisonException} when there is none in it. */
    EvaluationEvent event(ConsumerRecord<byte[], byte[]> record) {
        return events.deserialize(record.topic(), record.value());
    }

    ImpressionCount count(ConsumerRecord<byte[], byte[]> record) {
        return counts.deserialize(record.topic(), record.value());
    }

    IntakeLedger ledger(ConsumerRecord<byte[], byte[]> record) {
        return ledgers.deserialize(record.topic(), record.value());
    }

    ProjectPolicy policy(ConsumerRecord<byte[], byte[]> record) {
        return policies.deserialize(record.topic(), record.value());
    }

    ExperimentDefinition definition(ConsumerRecord<byte[], byte[]> record) {
        return definitions.deserialize(record.topic(), record.value());
    }

    Progress progress(ConsumerRecord<byte[], byte[]> record) {
        return progress.deserialize(record.topic(), record.value());
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        registry.close();
    }
}
