package dev.afterglow.streams.readmodel;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupEvidence;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.contract.Severity;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.state.Progress;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Values as the pipeline publishes them. */
public final class Samples {

    public static final Instant HOUR = Instant.parse("2019-11-24T00:00:00Z");
    public static final ExperimentKey BUTTON = new ExperimentKey("shop", "production", "button");

    private Samples() {}

    public static String countKey(ExperimentKey experiment, Instant hour, String variant) {
        return new ImpressionKey(experiment, hour, variant).toString();
    }

    public static ImpressionCount count(
            ExperimentKey experiment, Instant hour, String variant, long count, long revision) {
        return ImpressionCount.newBuilder()
                .setProject(experiment.project())
                .setEnvironment(experiment.environment())
                .setExperiment(experiment.experiment())
                .setVariant(variant)
                .setHour(hour)
                .setQuarters(List.of(count, 0L, 0L, 0L))
                .setCount(count)
                .setPolicy(CountingPolicy.EVALUATION)
                .setRevision(revision)
                .build();
    }

    public static ExperimentDefinition definition(ExperimentKey experiment, long version, Instant effectiveFrom) {
        return ExperimentDefinition.newBuilder()
                .setProject(experiment.project())
                .setEnvironment(experiment.environment())
                .setExperiment(experiment.experiment())
                .setVersion(version)
                .setEffectiveFrom(effectiveFrom)
                .setState(ExperimentState.RUNNING)
                .setRolloutPercent(100)
                .setVariants(List.of(new VariantWeight("on", 1.0)))
                .setName("Version " + version)
                .build();
    }

    public static CleanupAlert cleanupAlert(String alertId, AlertStatus status, Instant at) {
        return CleanupAlert.newBuilder()
                .setAlertId(alertId)
                .setKind(CleanupKind.LEFTOVER_ROLLOUT)
                .setStatus(status)
                .setSeverity(Severity.WARNING)
                .setProject(BUTTON.project())
                .setEnvironment(BUTTON.environment())
                .setExperiment(BUTTON.experiment())
                .setEpisode(1)
                .setAt(at)
                .setOpenedAt(HOUR)
                .setSummary("button is at full rollout and still consumes impressions")
                .setEvidence(CleanupEvidence.newBuilder()
                        .setSince(HOUR)
                        .setDays(14)
                        .setImpressionsSince(1_000)
                        .setImpressionsLastDay(70)
                        .setRule("leftover-rollout")
                        .setRuleVersion(1)
                        .build())
                .setNextSteps(List.of())
                .build();
    }

    public static CostAlert costAlert(String alertId, AlertStatus status, Instant at) {
        return CostAlert.newBuilder()
                .setAlertId(alertId)
                .setKind(CostKind.BUDGET_ACTUAL)
                .setStatus(status)
                .setSeverity(Severity.CRITICAL)
                .setAccount("acme")
                .setBudgetId("acme-month")
                .setPeriod("2019-11")
                .setAt(at)
                .setOpenedAt(HOUR)
                .setSpend(110)
                .setAmount(100)
                .setSummary("acme-month is spent")
                .build();
    }

    public static OpenAlert open(CleanupAlert alert) {
        return OpenAlert.newBuilder()
                .setAlertId(alert.getAlertId())
                .setSubject(BUTTON.toString())
                .setKind(alert.getKind().name())
                .setStatus(alert.getStatus())
                .setSeverity(alert.getSeverity())
                .setOpenedAt(alert.getOpenedAt())
                .setAt(alert.getAt())
                .setSummary(alert.getSummary())
                .setCleanup(alert)
                .build();
    }

    public static AccountCost accountCost(String account, String period, long impressions, long costMicros) {
        var month = YearMonth.parse(period);
        return AccountCost.newBuilder()
                .setAccount(account)
                .setPeriod(period)
                .setPeriodStart(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .setPeriodEnd(month.plusMonths(1)
                        .atDay(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant())
                .setZone("UTC")
                .setCurrency("EUR")
                .setImpressions(impressions)
                .setCostMicros(costMicros)
                .setLeftoverImpressions(0)
                .setWastedMicros(0)
                .setRevision(1)
                .build();
    }

    public static ExperimentCost experimentCost(
            String account, String period, ExperimentKey experiment, long impressions, long costMicros) {
        return ExperimentCost.newBuilder()
                .setAccount(account)
                .setPeriod(period)
                .setProject(experiment.project())
                .setEnvironment(experiment.environment())
                .setExperiment(experiment.experiment())
                .setCurrency("EUR")
                .setImpressions(impressions)
                .setCostMicros(costMicros)
                .setLeftoverImpressions(0)
                .setWastedMicros(0)
                .setMarginalPriceMicros(1)
                .setMarginalPerImpressions(1)
                .setAccountRevision(1)
                .build();
    }

    /** A ledger in which {@code received} is what it should be, plus an error. */
    public static IntakeLedger ledger(int partition, long counted, long duplicate, long rubbish, long error) {
        return IntakeLedger.newBuilder()
                .setTopic("afterglow.evaluations")
                .setPartition(partition)
                .setNextOffset(100)
                .setReceived(counted + duplicate + rubbish + error)
                .setCounted(counted)
                .setDuplicate(duplicate)
                .setExcluded(Map.of())
                .setDeadLettered(rubbish == 0 ? Map.of() : Map.of("WRONG_MAGIC", rubbish))
                .build();
    }

    public static Progress progress(String stage, int partition, Instant watermark) {
        return new Progress(stage, partition, watermark, watermark, null);
    }
}
