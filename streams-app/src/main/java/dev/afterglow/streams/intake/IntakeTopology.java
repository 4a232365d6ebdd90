package dev.afterglow.streams.intake;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.StateStores;
import dev.afterglow.streams.flow.TopicSerdes;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
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
    static final String PENDING_DELTAS = "pending-deltas";
    static final String LEDGER = "ledger";
    static final String DELTAS = "to-deltas";
    static final String LEDGER_SINK = "to-intake-ledger";
    static final String DEAD_LETTERS = "to-dead-letters";

    private final Topics topics;
    private final TopicSerdes serdes;
    private final Function<String, PolicyHistory> policies;
    private final SourceEnds sourceEnds;
    private final IntakeLimits limits;
    private final Duration interval;

    /**
     * @param policies the policies of a project; asked for every event, so that it has to be quick
     * @param interval how often deltas, ledger and watermark are handed on
     */
    public IntakeTopology(
            Topics topics,
            TopicSerdes serdes,
            Function<String, PolicyHistory> policies,
            SourceEnds sourceEnds,
            IntakeLimits limits,
            Duration interval) {
        this.topics = topics;
        this.serdes = serdes;
        this.policies = policies;
        this.sourceEnds = sourceEnds;
        this.limits = limits;
        this.interval = interval;
    }

    /** The topology, every node and store of it named. */
    public Topology toTopology(TopologyConfig config) {
        var strings = new StringSerializer();
        var bytes = new ByteArraySerializer();
        var raw = new ByteArrayDeserializer();
        return new Topology(config)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "evaluations",
                        raw,
                        raw,
                        topics.evaluations().name())
                .addProcessor("intake", this::processor, "evaluations")
                .addStateStore(SeenStore.builder(EVENT_IDS, limits.dedupeHorizon()), "intake")
                .addStateStore(SeenStore.builder(REPEATS, repeatHorizon(limits)), "intake")
                .addStateStore(StateStores.onHeap(PENDING_DELTAS, Serdes.Long()), "intake")
                .addStateStore(StateStores.onHeap(LEDGER, StateSerde.of(IntakeLedger.class)), "intake")
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
        return limits.lateness().plus(limits.futureTolerance()).plus(limits.dedupeHorizon());
    }

    private Processor<byte[], byte[], Object, Object> processor() {
        Serde<EvaluationEvent> events = serdes.of(topics.evaluations());
        var decoder =
                new EventDecoder(events.deserializer(), topics.evaluations().name());
        return new IntakeProcessor(
                decoder,
                policies,
                sourceEnds,
                limits,
                interval,
                topics.evaluations().name());
    }
}
