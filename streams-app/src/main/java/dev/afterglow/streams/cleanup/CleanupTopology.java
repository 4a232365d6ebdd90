package dev.afterglow.streams.cleanup;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.DefinitionHistory;
import dev.afterglow.state.HourTraffic;
import dev.afterglow.state.SourceState;
import dev.afterglow.streams.commit.CommitHookBuilder;
import dev.afterglow.streams.flow.AlertSender;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.PricePlans;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.StateStores;
import dev.afterglow.streams.flow.TaskMemory;
import dev.afterglow.streams.flow.TopicSerdes;
import dev.afterglow.streams.flow.WatermarkTracker;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Traffic, definitions and what people did about alerts to {@code cleanup-alerts}, {@code open-alerts} and {@code outcomes}, and usage on to cost. */
public final class CleanupTopology {

    /** Name of the stage in progress reports. */
    public static final String STAGE = "cleanup";

    static final String COMMIT = "on-commit";
    static final String DEFINITIONS = "definitions";
    static final String TRAFFIC_HOURS = "traffic-hours";
    static final String PROJECT_HOURS = "project-hours";
    /** Store of the cases. */
    public static final String CASES = "cases";

    static final String ACCOUNT_VOLUMES = "account-volumes";
    static final String RUNNING_SUMS = "running-sums";
    static final String DUE = "due-cases";
    static final String UPCOMING = "upcoming-cases";
    static final String SOURCES = "sources";
    static final String APPLIED_POLICIES = "applied-policies";
    static final String WATERMARKS = "impressions-watermark";
    static final String CLEANUP_ALERTS = "to-cleanup-alerts";
    static final String OPEN_ALERTS = "to-open-alerts";
    static final String OPERATOR_ALERTS = "to-operator-alerts";
    static final String OUTCOMES = "to-outcomes";
    static final String USAGE = "to-usage";
    static final String PROGRESS = "to-progress";
    static final String DEAD_LETTERS = "to-dead-letters";

    private static final String[] ALL = {"follow-traffic", "follow-definitions", "follow-actions"};

    private final Topics topics;
    private final TopicSerdes serdes;
    private final Policies policies;
    private final PricePlans plans;
    private final Duration settle;
    private final Duration interval;
    private final int partitions;
    private final Clock clock;

    /**
     * @param settle how long after the end of an hour its traffic is waited for
     * @param interval how often changed policies are looked for
     * @param partitions of the traffic topic: each watches over its part of the projects, though it hears of all
     * @param clock that tells for how long judging has kept its thread from other work
     */
    public CleanupTopology(
            Topics topics,
            TopicSerdes serdes,
            Policies policies,
            PricePlans plans,
            Duration settle,
            Duration interval,
            int partitions,
            Clock clock) {
        this.topics = topics;
        this.serdes = serdes;
        this.policies = policies;
        this.plans = plans;
        this.settle = settle;
        this.interval = interval;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** The topology, every node and store of it named. */
    public Topology toTopology(TopologyConfig config) {
        var raw = new ByteArrayDeserializer();
        var topology = new Topology(config)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "traffic",
                        new StringDeserializer(),
                        serdes.of(topics.traffic()).deserializer(),
                        topics.traffic().name())
                .addSource(
                        AutoOffsetReset.earliest(),
                        "experiments",
                        raw,
                        raw,
                        topics.experiments().name())
                .addSource(
                        AutoOffsetReset.earliest(),
                        "alert-actions",
                        raw,
                        raw,
                        topics.alertActions().name())
                .addProcessor(
                        "follow-traffic",
                        () -> new TrafficProcessor(this::casework, policies, interval, settle, partitions),
                        "traffic")
                .addProcessor("follow-definitions", this::definitionProcessor, "experiments")
                .addProcessor("follow-actions", this::actionProcessor, "alert-actions");
        addStores(topology);
        addSink(topology, CLEANUP_ALERTS, topics.cleanupAlerts());
        addSink(topology, OPEN_ALERTS, topics.openAlerts());
        addSink(topology, OPERATOR_ALERTS, topics.operatorAlerts());
        addSink(topology, PROGRESS, topics.progress());
        topology.addSink(
                OUTCOMES,
                topics.outcomes().name(),
                new StringSerializer(),
                serdes.of(topics.outcomes()).serializer(),
                Routes.byLeadingParts(3),
                ALL);
        var usage = topics.usage();
        return topology.addSink(
                        USAGE,
                        usage.name(),
                        new StringSerializer(),
                        serdes.of(usage).serializer(),
                        Routes.betweenStages(),
                        ALL)
                .addSink(
                        DEAD_LETTERS,
                        topics.deadLetters().name(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        ALL);
    }

    /** The watermark of a clean-up task: that of the one stage-2 task that writes its partition. */
    static WatermarkTracker watermark(ProcessorContext<Object, Object> context) {
        return new WatermarkTracker(context.getStateStore(WATERMARKS), 1);
    }

    /** Belongs to traffic alone: definitions and actions say nothing of a project's being there. */
    static SilentSources sources(ProcessorContext<Object, Object> context) {
        var traffic = new TrafficBook(context.getStateStore(TRAFFIC_HOURS), context.getStateStore(PROJECT_HOURS));
        return new SilentSources(
                context.getStateStore(SOURCES), traffic, new AlertSender(context, STAGE, OPERATOR_ALERTS, OPEN_ALERTS));
    }

    private static void addStores(Topology topology) {
        topology.addStateStore(new CommitHookBuilder(COMMIT), "follow-traffic")
                .addStateStore(StateStores.onDisk(DEFINITIONS, StateSerde.of(DefinitionHistory.class)), ALL)
                .addStateStore(StateStores.onDisk(TRAFFIC_HOURS, StateSerde.of(HourTraffic.class)), ALL)
                .addStateStore(StateStores.onDisk(PROJECT_HOURS, Serdes.Long()), ALL)
                .addStateStore(StateStores.onDisk(CASES, StateSerde.of(CaseFile.class)), ALL)
                .addStateStore(TaskMemory.builder(ACCOUNT_VOLUMES, KnownVolumes::new), ALL)
                .addStateStore(TaskMemory.builder(RUNNING_SUMS, RunningSums::new), ALL)
                .addStateStore(TaskMemory.builder(UPCOMING, DueIndex.Upcoming::new), ALL)
                .addStateStore(StateStores.onHeapUncached(DUE, Serdes.Long()), ALL)
                .addStateStore(StateStores.onHeapUncached(SOURCES, StateSerde.of(SourceState.class)), "follow-traffic")
                .addStateStore(StateStores.onHeapUncached(APPLIED_POLICIES, Serdes.Long()), ALL)
                .addStateStore(StateStores.onHeapUncached(WATERMARKS, Serdes.Long()), ALL);
    }

    private void addSink(Topology topology, String name, Topic<?> topic) {
        topology.addSink(
                name, topic.name(), new StringSerializer(), serdes.of(topic).serializer(), ALL);
    }

    private Processor<byte[], byte[], Object, Object> definitionProcessor() {
        var topic = topics.experiments();
        return new DefinitionProcessor(
                this::casework, topic.name(), serdes.of(topic).deserializer());
    }

    private Processor<byte[], byte[], Object, Object> actionProcessor() {
        var topic = topics.alertActions();
        return new ActionProcessor(
                this::casework, topic.name(), serdes.of(topic).deserializer());
    }

    private Casework casework(ProcessorContext<Object, Object> context) {
        return new Casework(policies, plans, settle, topics.alertActions().name(), clock, context);
    }
}
