package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.BudgetRules;
import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.alerts.money.PriceSchedule;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.AccountSpikes;
import dev.afterglow.state.BudgetState;
import dev.afterglow.state.ForecastState;
import dev.afterglow.state.PaceState;
import dev.afterglow.state.ScopeDay;
import dev.afterglow.state.SpikeState;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.deadletter.ConfigurationReader;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.StateStores;
import dev.afterglow.streams.flow.TopicSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Usage to {@code costs}, {@code account-costs}, {@code cost-alerts} and {@code open-alerts}. */
public final class CostTopology {

    /** Name of the stage in progress reports. */
    public static final String STAGE = "cost";

    /** Store of what was used, by the day. */
    public static final String USAGE_DAYS = "usage-days";

    static final String USAGE_TOTALS = "usage-totals";
    static final String TEAMS = "teams";
    static final String REVISIONS = "revisions";
    static final String OPEN_PERIODS = "open-periods";
    static final String FINAL_PERIODS = "final-periods";
    static final String APPLIED_PLANS = "applied-plans";
    static final String DIRTY = "dirty-periods";
    static final String BUDGETS = "budgets-by-period";
    static final String SCOPE_DAYS = "scope-days";
    static final String DUE_QUARTERS = "due-quarters";
    static final String SPIKES = "spikes";
    static final String ACCOUNT_SPIKES = "account-spikes";
    static final String PACE = "pace";
    static final String ACCOUNT_DAYS = "account-days";
    static final String FORECASTS = "forecasts-by-period";
    static final String WATERMARKS = "cleanup-watermarks";
    static final String COSTS = "to-costs";
    static final String ACCOUNT_COSTS = "to-account-costs";
    static final String COST_ALERTS = "to-cost-alerts";
    static final String OPEN_ALERTS = "to-open-alerts";
    static final String PROGRESS = "to-progress";
    static final String DEAD_LETTERS = "to-dead-letters";

    private static final String PRICE = "price";

    private final Topics topics;
    private final TopicSerdes serdes;
    private final Accounts accounts;
    private final int cleanupPartitions;
    private final Duration interval;
    private final PeriodClose close;
    private final Clock clock;

    /**
     * @param cleanupPartitions partitions of the traffic topic: how many watermarks make one
     * @param interval how often an account is published at most
     * @param close when periods become final
     * @param clock that tells when judging has kept the thread for long enough
     */
    public CostTopology(
            Topics topics,
            TopicSerdes serdes,
            Accounts accounts,
            int cleanupPartitions,
            Duration interval,
            PeriodClose close,
            Clock clock) {
        this.topics = topics;
        this.serdes = serdes;
        this.accounts = accounts;
        this.cleanupPartitions = cleanupPartitions;
        this.interval = interval;
        this.close = close;
        this.clock = clock;
    }

    /** The topology, every node and store of it named. */
    public Topology toTopology(TopologyConfig config) {
        var usage = topics.usage();
        var topology = new Topology(config)
                .addSource(
                        AutoOffsetReset.earliest(),
                        "usage",
                        new StringDeserializer(),
                        serdes.of(usage).deserializer(),
                        usage.name())
                .addProcessor(
                        PRICE, () -> new CostProcessor(accounts, cleanupPartitions, interval, close, clock), "usage");
        addStores(topology);
        addSink(topology, ACCOUNT_COSTS, topics.accountCosts(), Routes.byLeadingParts(1));
        addSink(topology, COSTS, topics.costs(), Routes.byLeadingParts(1));
        addSink(topology, COST_ALERTS, topics.costAlerts(), Routes.byKey());
        addSink(topology, OPEN_ALERTS, topics.openAlerts(), Routes.byKey());
        addSink(topology, PROGRESS, topics.progress(), Routes.byKey());
        addCheck(topology, topics.projects(), ProjectPolicy::getProject, PolicyHistory::problems);
        addCheck(topology, topics.pricePlans(), PricePlan::getAccount, PriceSchedule::problems);
        addCheck(topology, topics.budgets(), Budget::getBudgetId, BudgetRules::problems);
        return topology;
    }

    private static void addStores(Topology topology) {
        topology.addStateStore(StateStores.onDisk(USAGE_DAYS, StateSerde.of(UsageDay.class)), PRICE)
                .addStateStore(StateStores.onDisk(USAGE_TOTALS, StateSerde.of(UsageTotal.class)), PRICE)
                .addStateStore(StateStores.onDisk(TEAMS, Serdes.String()), PRICE)
                .addStateStore(StateStores.onDisk(REVISIONS, Serdes.Long()), PRICE)
                .addStateStore(StateStores.onHeap(OPEN_PERIODS, Serdes.Long()), PRICE)
                .addStateStore(StateStores.onDisk(FINAL_PERIODS, StateSerde.of(AccountCost.class)), PRICE)
                .addStateStore(StateStores.onHeap(APPLIED_PLANS, Serdes.Long()), PRICE)
                .addStateStore(StateStores.onHeap(DIRTY, Serdes.Long()), PRICE)
                .addStateStore(StateStores.onDisk(BUDGETS, StateSerde.of(BudgetState.class)), PRICE)
                .addStateStore(StateStores.onDisk(SCOPE_DAYS, StateSerde.of(ScopeDay.class)), PRICE)
                .addStateStore(StateStores.onHeap(DUE_QUARTERS, Serdes.Long()), PRICE)
                .addStateStore(StateStores.onHeap(SPIKES, StateSerde.of(SpikeState.class)), PRICE)
                .addStateStore(StateStores.onHeap(ACCOUNT_SPIKES, StateSerde.of(AccountSpikes.class)), PRICE)
                .addStateStore(StateStores.onHeap(PACE, StateSerde.of(PaceState.class)), PRICE)
                .addStateStore(StateStores.onHeap(ACCOUNT_DAYS, Serdes.Long()), PRICE)
                .addStateStore(StateStores.onDisk(FORECASTS, StateSerde.of(ForecastState.class)), PRICE)
                .addStateStore(StateStores.onHeap(WATERMARKS, Serdes.Long()), PRICE);
    }

    private void addSink(Topology topology, String name, Topic<?> topic, StreamPartitioner<String, Object> route) {
        topology.addSink(
                name, topic.name(), new StringSerializer(), serdes.of(topic).serializer(), route, PRICE);
    }

    private <V> void addCheck(
            Topology topology, Topic<V> topic, Function<V, String> keyOf, Function<V, List<String>> problems) {
        String name = topic.name().substring(topics.prefix().length());
        String letters = DEAD_LETTERS + "-from-" + name;
        ProcessorSupplier<byte[], byte[], byte[], byte[]> check = () -> new ConfigurationProcessor<>(
                new ConfigurationReader<>(topic.name(), serdes.of(topic).deserializer(), keyOf, problems), letters);
        topology.addSource(
                        AutoOffsetReset.earliest(),
                        name,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topic.name())
                .addProcessor("check-" + name, check, name)
                .addSink(
                        letters,
                        topics.deadLetters().name(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "check-" + name);
    }
}
