package dev.afterglow.streams.impressions;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.StoredCount;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.StateStores;
import dev.afterglow.streams.flow.TopicSerdes;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Stage 2: deltas to {@code impressions}, and on to clean-up. Task n is the only writer of partition n of the traffic
 * topic, so that clean-up sees deltas and watermarks in the order in which they were counted.
 */
public final class ImpressionsTopology {

    /** Name of the stage in progress reports. */
    public static final String STAGE = "impressions";

    /** Store of the counts. */
    public static final String COUNTS = "counts";

    static final String WATERMARKS = "intake-watermarks";
    static final String IMPRESSIONS = "to-impressions";
    static final String TRAFFIC = "to-traffic";
    static final String PROGRESS = "to-progress";

    private final Topics topics;
    private final TopicSerdes serdes;
    private final int intakePartitions;

    /**
     * @param intakePartitions partitions of {@code evaluations}: how many watermarks make one
     */
    public ImpressionsTopology(Topics topics, TopicSerdes serdes, int intakePartitions) {
        this.topics = topics;
        this.serdes = serdes;
        this.intakePartitions = intakePartitions;
    }

    /** The topology, every node and store of it named. */
    public Topology toTopology(TopologyConfig config) {
        var strings = new StringSerializer();
        ProcessorSupplier<String, FlowMessage, String, Object> count = () -> new ImpressionsProcessor(intakePartitions);
        return new Topology(config)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "deltas",
                        new StringDeserializer(),
                        serdes.of(topics.deltas()).deserializer(),
                        topics.deltas().name())
                .addProcessor("count", count, "deltas")
                .addStateStore(StateStores.onDisk(COUNTS, StateSerde.of(StoredCount.class)), "count")
                .addStateStore(StateStores.onHeap(WATERMARKS, Serdes.Long()), "count")
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
                        "count");
    }
}
