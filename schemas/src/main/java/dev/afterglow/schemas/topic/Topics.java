package dev.afterglow.schemas.topic;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.Topic.Encoding;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.Progress;
import dev.afterglow.state.UsageMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue of topics under one prefix.
 *
 * @param prefix what every name begins with, {@value #DEFAULT_PREFIX} by default
 */
public record Topics(String prefix) {

    /** Prefix of the names unless the configuration says otherwise. */
    public static final String DEFAULT_PREFIX = "afterglow.";

    /** Raw evaluation events, keyed by unit. */
    public Topic<EvaluationEvent> evaluations() {
        return expiring("evaluations", EvaluationEvent.class, PartitionGroup.EVENTS, 7);
    }

    /** Versions of experiment definitions, keyed by experiment identity. */
    public Topic<ExperimentDefinition> experiments() {
        return everlasting("experiments", ExperimentDefinition.class, PartitionGroup.EXPERIMENTS);
    }

    /** Versions of project policies, keyed by project. */
    public Topic<ProjectPolicy> projects() {
        return everlasting("projects", ProjectPolicy.class, PartitionGroup.SINGLE);
    }

    /** Versions of price plans, keyed by account. */
    public Topic<PricePlan> pricePlans() {
        return everlasting("price-plans", PricePlan.class, PartitionGroup.SINGLE);
    }

    /** Versions of budgets, keyed by budget id. */
    public Topic<Budget> budgets() {
        return everlasting("budgets", Budget.class, PartitionGroup.SINGLE);
    }

    /** What people did about alerts, keyed by the subject of the alert. */
    public Topic<AlertAction> alertActions() {
        return expiring("alert-actions", AlertAction.class, PartitionGroup.EXPERIMENTS, 400);
    }

    /** Counts, keyed by {@link ImpressionKey} and partitioned by experiment identity. */
    public Topic<ImpressionCount> impressions() {
        return compacted("impressions", ImpressionCount.class, PartitionGroup.EXPERIMENTS, Optional.of(days(90)));
    }

    /** Cost shares, keyed by account, period and experiment identity. */
    public Topic<ExperimentCost> costs() {
        return compacted("costs", ExperimentCost.class, PartitionGroup.ACCOUNTS, Optional.of(days(400)));
    }

    /** Cost of accounts, keyed by account and period. */
    public Topic<AccountCost> accountCosts() {
        return compacted("account-costs", AccountCost.class, PartitionGroup.ACCOUNTS, Optional.of(days(400)));
    }

    /** Changes of state of clean-up alerts, keyed by experiment identity. */
    public Topic<CleanupAlert> cleanupAlerts() {
        return expiring("cleanup-alerts", CleanupAlert.class, PartitionGroup.EXPERIMENTS, 90);
    }

    /** Changes of state of cost alerts, keyed by budget id or account. */
    public Topic<CostAlert> costAlerts() {
        return expiring("cost-alerts", CostAlert.class, PartitionGroup.ACCOUNTS, 90);
    }

    /** Changes of state of alerts about the pipeline itself, keyed by their subject. */
    public Topic<OperatorAlert> operatorAlerts() {
        return expiring("operator-alerts", OperatorAlert.class, PartitionGroup.SINGLE, 90);
    }

    /** Newest state of every alert not resolved, keyed by alert id. */
    public Topic<OpenAlert> openAlerts() {
        return compacted("open-alerts", OpenAlert.class, PartitionGroup.SINGLE, Optional.empty());
    }

    /** How experiments ended, keyed by experiment identity and run. */
    public Topic<ExperimentOutcome> outcomes() {
        return compacted("outcomes", ExperimentOutcome.class, PartitionGroup.EXPERIMENTS, Optional.empty());
    }

    /** Accounts of every source partition, keyed by topic and partition. */
    public Topic<IntakeLedger> intakeLedger() {
        return compacted("intake-ledger", IntakeLedger.class, PartitionGroup.SINGLE, Optional.empty());
    }

    /** Records that could not be used, as they came. */
    public Topic<byte[]> deadLetters() {
        return new Topic<>(
                prefix + "dead-letters",
                byte[].class,
                Encoding.RAW,
                PartitionGroup.SINGLE,
                CleanupPolicy.DELETE,
                Optional.of(days(30)));
    }

    /** Between intake and impressions: deltas and watermarks, keyed by experiment identity. */
    public Topic<FlowMessage> deltas() {
        return internal("deltas", FlowMessage.class, PartitionGroup.EXPERIMENTS);
    }

    /** Between impressions and clean-up: deltas and watermarks, keyed by experiment identity. */
    public Topic<FlowMessage> traffic() {
        return internal("traffic", FlowMessage.class, PartitionGroup.EXPERIMENTS);
    }

    /** Between clean-up and cost: usage and watermarks, keyed by account. */
    public Topic<UsageMessage> usage() {
        return internal("usage", UsageMessage.class, PartitionGroup.ACCOUNTS);
    }

    /** How far each stage has come, keyed by stage and partition. */
    public Topic<Progress> progress() {
        return new Topic<>(
                prefix + "internal.progress",
                Progress.class,
                Encoding.INTERNAL,
                PartitionGroup.SINGLE,
                CleanupPolicy.COMPACT,
                Optional.empty());
    }

    /** The topics that the pipeline writes, and nobody else. */
    public List<Topic<?>> written() {
        return List.of(
                impressions(),
                costs(),
                accountCosts(),
                cleanupAlerts(),
                costAlerts(),
                operatorAlerts(),
                openAlerts(),
                outcomes(),
                intakeLedger(),
                deadLetters(),
                deltas(),
                traffic(),
                usage(),
                progress());
    }

    /** Every topic of the catalogue, public contracts first. */
    public List<Topic<?>> all() {
        return Stream.concat(given().stream(), written().stream()).toList();
    }

    /** The topics that others write to. */
    private List<Topic<?>> given() {
        return List.of(evaluations(), experiments(), projects(), pricePlans(), budgets(), alertActions());
    }

    private <V> Topic<V> expiring(String name, Class<V> type, PartitionGroup partitions, int days) {
        return new Topic<>(
                prefix + name, type, Encoding.REGISTERED, partitions, CleanupPolicy.DELETE, Optional.of(days(days)));
    }

    private <V> Topic<V> everlasting(String name, Class<V> type, PartitionGroup partitions) {
        return new Topic<>(
                prefix + name, type, Encoding.REGISTERED, partitions, CleanupPolicy.DELETE, Optional.empty());
    }

    private <V> Topic<V> compacted(String name, Class<V> type, PartitionGroup partitions, Optional<Duration> kept) {
        var cleanup = kept.isPresent() ? CleanupPolicy.COMPACT_AND_DELETE : CleanupPolicy.COMPACT;
        return new Topic<>(prefix + name, type, Encoding.REGISTERED, partitions, cleanup, kept);
    }

    /** Kept for longer than the events themselves, so that a stage may be down as long as intake may. */
    private <V> Topic<V> internal(String name, Class<V> type, PartitionGroup partitions) {
        return new Topic<>(
                prefix + "internal." + name,
                type,
                Encoding.INTERNAL,
                partitions,
                CleanupPolicy.DELETE,
                Optional.of(days(14)));
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
