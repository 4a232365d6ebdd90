package dev.afterglow.streams.intake;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.bundle.Bundle;
import dev.afterglow.streams.bundle.BundleDeserializer;
import dev.afterglow.streams.commit.CommitHookBuilder;
import dev.afterglow.streams.dedupe.IdLimits;
import dev.afterglow.streams.dedupe.IdStoreBuilder;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.StateStores;
import dev.afterglow.streams.flow.TopicSerdes;
import dev.afterglow.streams.reading.EventReaders;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.Processor;

/** Stage 1: {@code evaluations} to deltas, {@code intake-ledger} and {@code dead-letters}. */
public final class IntakeTopology {

    /** Name of the stage. */
    public static final String STAGE = "intake";

    /** Store of the ids seen within the horizon. */
    public static final String EVENT_IDS = "event-ids";

    static final String REPEATS = "repeats";
    static final String COMMIT = "commit";
    static final String FLOODS = "floods";
    static final String OPERATOR_ALERTS = "to-operator-alerts";
    static final String OPEN_ALERTS = "to-open-alerts";
    static final String LEDGER = "ledger";
    static final String DELTAS = "to-deltas";
    static final String LEDGER_SINK = "to-intake-ledger";
    static final String DEAD_LETTERS = "to-dead-letters";

    private final Topics topics;
    private final TopicSerdes serdes;
    private final Supplier<EventReaders> events;
    private final Policies policies;
    private final KnownExperiments known;
    private final SourceLog source;
    private final IntakeLimits limits;
    private final Duration interval;
    private final int experimentPartitions;

    /**
     * @param events gives each task a reader of its own
     * @param interval how often the watermark is reported while there is nothing to read
     * @param experimentPartitions partitions of the topic of deltas
     */
    public IntakeTopology(
            Topics topics,
            TopicSerdes serdes,
            Supplier<EventReaders> events,
            Policies policies,
            KnownExperiments known,
            SourceLog source,
            IntakeLimits limits,
            Duration interval,
            int experimentPartitions) {
        this.topics = topics;
        this.serdes = serdes;
        this.events = events;
        this.policies = policies;
        this.known = known;
        this.source = source;
        this.limits = limits;
        this.interval = interval;
        this.experimentPartitions = experimentPartitions;
    }

    /** The topology, every node and store of it named. */
    public Topology toTopology(TopologyConfig config) {
        var strings = new StringSerializer();
        var bytes = new ByteArraySerializer();
        return new Topology(config)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "evaluations",
                        new ByteArrayDeserializer(),
                        new BundleDeserializer(),
                        topics.evaluations().name())
                .addProcessor("intake", this::processor, "evaluations")
                .addStateStore(new CommitHookBuilder(COMMIT), "intake")
                .addStateStore(new IdStoreBuilder(EVENT_IDS, IdLimits.DEFAULT), "intake")
                .addStateStore(SeenStore.builder(REPEATS, repeatHorizon(limits)), "intake")
                .addStateStore(StateStores.onHeapUncached(LEDGER, StateSerde.of(IntakeLedger.class)), "intake")
                .addStateStore(StateStores.onHeapUncached(FLOODS, Serdes.ByteArray()), "intake")
                .addSink(
                        OPERATOR_ALERTS,
                        topics.operatorAlerts().name(),
                        strings,
                        serdes.of(topics.operatorAlerts()).serializer(),
                        "intake")
                .addSink(
                        OPEN_ALERTS,
                        topics.openAlerts().name(),
                        strings,
                        serdes.of(topics.openAlerts()).serializer(),
                        "intake")
                .addSink(
                        DELTAS,
                        topics.deltas().name(),
                        strings,
                        serdes.of(topics.deltas()).serializer(),
                        Routes.betweenStages(),
                        "intake")
                .addSink(
                        LEDGER_SINK,
                        topics.intakeLedger().name(),
                        strings,
                        serdes.of(topics.intakeLedger()).serializer(),
                        "intake")
                .addSink(DEAD_LETTERS, topics.deadLetters().name(), bytes, bytes, "intake");
    }

    /** A repeat may arrive as late as any event, on whichever side of the first one it happened. */
    static Duration repeatHorizon(IntakeLimits limits) {
        return limits.lateness().plus(limits.futureTolerance()).plusHours(limits.dedupeHorizonHours());
    }

    private Processor<byte[], Bundle, Object, Object> processor() {
        return new IntakeProcessor(
                events.get(),
                policies,
                known,
                source,
                limits,
                interval,
                topics.evaluations().name(),
                experimentPartitions);
    }
}
