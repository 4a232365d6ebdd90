package dev.afterglow.streams.impressions;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.SealedHours;
import dev.afterglow.state.StoredCount;
import dev.afterglow.streams.commit.CommitHookBuilder;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.StateStores;
import dev.afterglow.streams.flow.TopicSerdes;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Stage 2: deltas to {@code impressions}, and on to clean-up; what comes for sealed hours to {@code dead-letters}. Task n is the only writer of partition n of the traffic
 * topic, so that clean-up sees deltas and watermarks in the order in which they were counted.
 */
public final class ImpressionsTopology {

    /** Name of the stage in progress reports. */
    public static final String STAGE = "impressions";

    /** Store of the counts. */
    public static final String COUNTS = "counts";

    static final String COMMIT = "on-commit";
    static final String SEALED = "sealed-hours";
    static final String CORRECTIONS = "sealed-ledger";
    static final String WATERMARKS = "intake-watermarks";
    static final String IMPRESSIONS = "to-impressions";
    static final String TRAFFIC = "to-traffic";
    static final String PROGRESS = "to-progress";
    static final String LEDGER = "to-intake-ledger";
    static final String DEAD_LETTERS = "to-dead-letters";

    private final Topics topics;
    private final TopicSerdes serdes;
    private final int intakePartitions;
    private final Sealing sealing;

    /**
     * @param intakePartitions partitions of {@code evaluations}: how many watermarks make one
     * @param lateness how long before its arrival an event may have happened, as in intake; hours older than that whose
     *     count has stood still for a week leave the state
     */
    public ImpressionsTopology(Topics topics, TopicSerdes serdes, int intakePartitions, Duration lateness) {
        this(topics, serdes, intakePartitions, Sealing.after(lateness));
    }

    ImpressionsTopology(Topics topics, TopicSerdes serdes, int intakePartitions, Sealing sealing) {
        this.topics = topics;
        this.serdes = serdes;
        this.intakePartitions = intakePartitions;
        this.sealing = sealing;
    }

    /** The topology, every node and store of it named. */
    public Topology toTopology(TopologyConfig config) {
        var strings = new StringSerializer();
        var bytes = new ByteArraySerializer();
        ProcessorSupplier<String, FlowMessage, Object, Object> count =
                () -> new ImpressionsProcessor(intakePartitions, sealing);
        return new Topology(config)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "deltas",
                        new StringDeserializer(),
                        serdes.of(topics.deltas()).deserializer(),
                        topics.deltas().name())
                .addProcessor("count", count, "deltas")
                .addStateStore(new CommitHookBuilder(COMMIT), "count")
                .addStateStore(StateStores.onDisk(COUNTS, StateSerde.of(StoredCount.class)), "count")
                .addStateStore(StateStores.onDisk(SEALED, StateSerde.of(SealedHours.class)), "count")
                .addStateStore(StateStores.onHeap(CORRECTIONS, StateSerde.of(IntakeLedger.class)), "count")
                .addStateStore(StateStores.onHeapUncached(WATERMARKS, Serdes.Long()), "count")
                .addSink(
                        IMPRESSIONS,
                        topics.impressions().name(),
                        strings,
                        serdes.of(topics.impressions()).serializer(),
                        Routes.byLeadingParts(3),
                        "count")
                .addSink(
                        TRAFFIC,
                        topics.traffic().name(),
                        strings,
                        serdes.of(topics.traffic()).serializer(),
                        Routes.betweenStages(),
                        "count")
                .addSink(
                        PROGRESS,
                        topics.progress().name(),
                        strings,
                        serdes.of(topics.progress()).serializer(),
                        "count")
                .addSink(
                        LEDGER,
                        topics.intakeLedger().name(),
                        strings,
                        serdes.of(topics.intakeLedger()).serializer(),
                        "count")
                .addSink(DEAD_LETTERS, topics.deadLetters().name(), bytes, bytes, "count");
    }
}
