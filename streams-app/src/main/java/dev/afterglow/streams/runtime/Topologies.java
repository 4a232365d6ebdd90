package dev.afterglow.streams.runtime;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.Budget;
import dev.afterglow.schemas.topic.PartitionGroup;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.cost.Accounts;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.intake.SourceLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.TopologyDescription;

/** The topologies as they are drawn, without a cluster: for people, and for the tests that watch over them. */
public final class Topologies {

    private Topologies() {}

    /** What each stage consists of, by its name, in the order of the flow. */
    public static Map<String, TopologyDescription> describe(AppConfig config) {
        try (var serdes = new ConfiguredSerdes(config)) {
            return describe(config, serdes);
        }
    }

    private static Map<String, TopologyDescription> describe(AppConfig config, ConfiguredSerdes serdes) {
        var topics = config.topicConfig();
        var partitions = new Partitions(
                topics.partitions(PartitionGroup.EVENTS),
                topics.partitions(PartitionGroup.EXPERIMENTS),
                topics.partitions(PartitionGroup.ACCOUNTS));
        var stages = new FlowStages(config, new StageSettings(config, "drawn"), serdes, partitions)
                .all(
                        new NoPolicies(),
                        new KnownExperiments(identity -> List.of()),
                        new NoAccounts(),
                        new SourceLog(
                                (partition, nextOffset) -> Optional.empty(), (partition, from, before, reader) -> {}));
        var described = new LinkedHashMap<String, TopologyDescription>();
        stages.forEach(stage -> described.put(stage.name(), stage.topology().describe()));
        return described;
    }

    private static final class NoPolicies implements Policies {
        @Override
        public PolicyHistory of(String project) {
            return PolicyHistory.empty(project);
        }

        @Override
        public int longestHorizonHours() {
            return 0;
        }

        @Override
        public long revision() {
            return 0;
        }
    }

    private static final class NoAccounts implements Accounts {
        @Override
        public PlanHistory plans(String account) {
            return PlanHistory.of(List.of());
        }

        @Override
        public List<Budget> budgets(String account) {
            return List.of();
        }

        @Override
        public long budgetsRevision() {
            return 0;
        }
    }
}
