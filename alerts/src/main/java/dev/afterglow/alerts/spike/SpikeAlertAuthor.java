package dev.afterglow.alerts.spike;

import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import dev.afterglow.contract.Spike;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.SpikeState;
import java.util.List;

/** Writes the alerts on spikes. */
public final class SpikeAlertAuthor {

    private final SpikeRules rules;

    /** @param rules by which they were judged */
    public SpikeAlertAuthor(SpikeRules rules) {
        this.rules = rules;
    }

    /** Critical when the account's traffic is at least doubled by it: then so is what is spent in an hour. */
    public Severity severity(SpikeReading reading) {
        long rest = Math.max(0, reading.accountImpressions() - reading.excess());
        return reading.excess() >= rest ? Severity.CRITICAL : Severity.WARNING;
    }

    /**
     * An alert that opens.
     *
     * @param state state after the quarter-hour, with its severity
     * @param usage what the account used in the period of the quarter-hour
     */
    public CostAlert opened(SpikeSubject subject, SpikeState state, SpikeReading reading, PeriodUsage usage) {
        var cost = SpikeCost.of(usage, reading.quarterEnd(), state.getExcess(), reading.excess());
        return common(subject, state, reading, cost)
                .setStatus(AlertStatus.OPEN)
                .setSummary(new SpikeSentence(subject, state, reading, cost).opened())
                .build();
    }

    /**
     * An alert that ends.
     *
     * @param state state before the quarter-hour
     * @param usage what the account used in the period of the quarter-hour
     */
    public CostAlert resolved(SpikeSubject subject, SpikeState state, SpikeReading reading, PeriodUsage usage) {
        var cost = SpikeCost.of(usage, reading.quarterEnd(), state.getExcess(), 0);
        return common(subject, state, reading, cost)
                .setStatus(AlertStatus.RESOLVED)
                .setResolution(Resolution.BELOW_THRESHOLD)
                .setSummary(new SpikeSentence(subject, state, reading, cost).resolved())
                .build();
    }

    private CostAlert.Builder common(SpikeSubject subject, SpikeState state, SpikeReading reading, SpikeCost cost) {
        return CostAlert.newBuilder()
                .setAlertId(subject.alertId(state.getSince()))
                .setKind(CostKind.SPIKE)
                .setSeverity(state.getSeverity())
                .setAccount(subject.account())
                .setPeriod(cost.period())
                .setAt(reading.quarterEnd())
                .setOpenedAt(state.getOpenedAt())
                .setUnit(BudgetUnit.MONEY)
                .setCurrency(cost.currency())
                .setSpend(cost.spendMicros())
                .setAmount(0)
                .setTeam(subject.team())
                .setContacts(List.of())
                .setSpike(spike(subject, state, reading, cost));
    }

    private Spike spike(SpikeSubject subject, SpikeState state, SpikeReading reading, SpikeCost cost) {
        var experiment = subject.experiment();
        long level = reading.level();
        long needed = reading.usual().map(rules::excessNeeded).orElse(0L);
        return Spike.newBuilder()
                .setProject(experiment.map(ExperimentKey::project).orElse(null))
                .setEnvironment(experiment.map(ExperimentKey::environment).orElse(null))
                .setExperiment(experiment.map(ExperimentKey::experiment).orElse(null))
                .setSince(state.getSince())
                .setImpressions(reading.impressions())
                .setUsual(level)
                .setLimit(needed > Long.MAX_VALUE - level ? Long.MAX_VALUE : level + needed)
                .setDays(reading.usual().map(Usual::days).orElse(0))
                .setExcess(state.getExcess())
                .setExcessCostMicros(cost.soFarMicros())
                .setDayEndMicros(cost.dayEndMicros())
                .setPeriodEndMicros(cost.periodEndMicros())
                .setOthers(reading.others())
                .build();
    }
}
