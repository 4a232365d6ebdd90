package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.NextStep;
import dev.afterglow.contract.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** It is evaluated and billed, but nobody has defined it. */
final class UnknownExperiment implements Rule {

    /** Code is often rolled out a little before the definition is sent. */
    private static final Duration GRACE = Duration.ofDays(1);

    @Override
    public CleanupKind kind() {
        return CleanupKind.UNKNOWN_EXPERIMENT;
    }

    @Override
    public String name() {
        return "unknown-experiment";
    }

    @Override
    public int version() {
        return 1;
    }

    /** What nobody has defined has no runs; the run of the definition that comes in the end is no new one. */
    @Override
    public boolean isPerRun() {
        return false;
    }

    @Override
    public Optional<Condition> condition(Situation situation) {
        var policy = situation.policy();
        if (situation.phase().isDefined() || Exemption.of(situation.phase().definition(), policy) != Exemption.NONE) {
            return Optional.empty();
        }
        return situation.traffic().stretchStart(situation.hour()).map(since -> {
            var opensAt = UtcGrid.ceilHour(since.plus(GRACE));
            var escalatesAt = UtcGrid.ceilHour(since.plus(Duration.ofDays(policy.getCriticalAfterDays())));
            return new Condition(since, opensAt, escalatesAt.isBefore(opensAt) ? opensAt : escalatesAt);
        });
    }

    @Override
    public List<Check> checks(Situation situation) {
        var phase = situation.phase();
        var condition = condition(situation);
        return List.of(
                new Check(
                        "has no definition",
                        phase.isDefined()
                                ? "version " + phase.definition().getVersion() + " is in force since " + phase.start()
                                : "none is in force",
                        !phase.isDefined()),
                Checks.exempt(this, situation),
                condition
                        .map(holds -> new Check(
                                "has been evaluated for a day",
                                "since " + holds.since() + "; from " + holds.opensAt() + " on it is a warning, from "
                                        + holds.escalatesAt() + " on critical",
                                !situation.at().isBefore(holds.opensAt())))
                        .orElseGet(() -> new Check("has been evaluated for a day", "no day counts", false)),
                Checks.consumes(this, situation, condition));
    }

    @Override
    public Instant countsFrom(Instant since, Situation situation) {
        return since.plus(GRACE);
    }

    @Override
    public Resolution whyEnded(Situation situation, Phase held) {
        return situation.phase().isDefined() ? Resolution.DEFINED : Resolution.EXEMPTED;
    }

    @Override
    public Resolution whyBrokenOff() {
        return Resolution.TRAFFIC_STOPPED;
    }

    @Override
    public String variant(Situation situation, Phase held) {
        return null;
    }

    @Override
    public List<NextStep> nextSteps(ExperimentDefinition owner, String variant, NextSteps.Done done, String saves) {
        var isDone = done.implemented() || owner.getVersion() > 0;
        return List.of(
                new NextStep("Find the code that evaluates it, and who owns it.", false),
                new NextStep(
                        "Define it, with its owner, where experiments are defined; or remove the evaluation from the code"
                                + NextSteps.saving(isDone ? null : saves),
                        isDone));
    }

    @Override
    public String summary(Situation situation, Phase held, CleanupAlert.Builder alert) {
        var evidence = alert.getEvidence();
        var subject = Wording.subject(situation.key());
        var since = "since " + Wording.date(evidence.getSince());
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return subject + ", which was evaluated without a definition " + since + ", is resolved: "
                    + Wording.reason(alert.getResolution()) + ".";
        }
        var tooLong = CostLimit.passed(alert, situation.policy())
                .map(limit -> ", past the " + limit + " that its project allows,")
                .orElse("");
        return subject + " has no definition, but is evaluated " + since + tooLong + " and consumed "
                + Wording.impressions(evidence.getImpressionsLastDay())
                + " in the last 24 h: define it, or remove its evaluation from the code.";
    }
}
