package dev.afterglow.streams.runtime;

import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.streams.cleanup.CleanupTopology;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.cost.Accounts;
import dev.afterglow.streams.cost.CostTopology;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.PricePlans;
import dev.afterglow.streams.impressions.ImpressionsTopology;
import dev.afterglow.streams.intake.IntakeLimits;
import dev.afterglow.streams.intake.IntakeTopology;
import dev.afterglow.streams.intake.SourceLog;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.streams.TopologyConfig;

/** Makes the four stages after a configuration. */
final class FlowStages {

    /** Names of the stages, in the order of the flow. */
    static final List<String> NAMES =
            List.of(IntakeTopology.STAGE, ImpressionsTopology.STAGE, CleanupTopology.STAGE, CostTopology.STAGE);

    /** Those that wait while counting has a backlog. */
    static final List<String> JUDGING = List.of(CleanupTopology.STAGE, CostTopology.STAGE);

    /** Intake has most of the work; two threads keep two cores busy. */
    private static final int INTAKE_THREADS = 2;

    private final AppConfig config;
    private final StageSettings settings;
    private final ConfiguredSerdes serdes;
    private final Partitions partitions;

    FlowStages(AppConfig config, StageSettings settings, ConfiguredSerdes serdes, Partitions partitions) {
        this.config = config;
        this.settings = settings;
        this.serdes = serdes;
        this.partitions = partitions;
    }

    List<Stage> all(Policies policies, KnownExperiments known, Accounts accounts, SourceLog source) {
        return List.of(
                intake(policies, known, source), impressions(), cleanup(policies, accounts::plans), cost(accounts));
    }

    private Stage intake(Policies policies, KnownExperiments known, SourceLog source) {
        var flow = config.flow();
        var limits =
                new IntakeLimits(flow.lateness(), flow.futureTolerance(), IntakeLimits.DEFAULTS.dedupeHorizonHours());
        var topology = new IntakeTopology(
                config.topics(),
                serdes,
                serdes::eventReaders,
                policies,
                known,
                source,
                limits,
                flow.watermarkInterval(),
                partitions.experiments());
        return new Stage(
                IntakeTopology.STAGE, INTAKE_THREADS, topology.toTopology(settings(IntakeTopology.STAGE)), true);
    }

    private Stage impressions() {
        var topology = new ImpressionsTopology(
                config.topics(), serdes, partitions.intake(), config.flow().lateness());
        return new Stage(ImpressionsTopology.STAGE, 1, topology.toTopology(settings(ImpressionsTopology.STAGE)), false);
    }

    Stage cleanup(Policies policies, PricePlans plans) {
        var flow = config.flow();
        var topology = new CleanupTopology(
                config.topics(),
                serdes,
                policies,
                plans,
                flow.settleTime(),
                flow.watermarkInterval(),
                partitions.experiments(),
                Clock.systemUTC());
        return new Stage(CleanupTopology.STAGE, 1, topology.toTopology(settings(CleanupTopology.STAGE)), false);
    }

    private Stage cost(Accounts accounts) {
        var topology = new CostTopology(
                config.topics(),
                serdes,
                accounts,
                partitions.experiments(),
                config.flow().costPublishInterval(),
                new PeriodClose(config.flow().lateness(), config.flow().settleTime()),
                Clock.systemUTC());
        return new Stage(CostTopology.STAGE, 1, topology.toTopology(settings(CostTopology.STAGE)), false);
    }

    private TopologyConfig settings(String stage) {
        return settings.topologyConfig(stage);
    }
}
