package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Switched off or archived, yet evaluations that happened after the change had time to spread keep coming. */
final class ZombieTraffic implements Rule {

    @Override
    public CleanupKind kind() {
        return CleanupKind.ZOMBIE_TRAFFIC;
    }

    @Override
    public String name() {
        return "zombie-traffic";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Optional<Condition> condition(Situation situation) {
        var now = situation.phase();
        var policy = situation.policy();
        if (!now.retired() || Exemption.of(now.definition(), policy) != Exemption.NONE) {
            return Optional.empty();
        }
        return situation
                .definitions()
                .since(
                        situation.at(),
                        phase -> phase.retired()
                                && Objects.equals(phase.definition().getRun(), situation.run()))
                .map(since -> new Condition(
                        since, since, UtcGrid.ceilHour(since.plus(Duration.ofDays(policy.getCriticalAfterDays())))));
    }

    @Override
    public List<Check> checks(Situation situation) {
        var phase = situation.phase();
        return List.of(
                new Check("has ended: archived, or off after it was live", Checks.served(phase), phase.retired()),
                Checks.exempt(this, situation),
                Checks.consumes(this, situation, condition(situation)));
    }

    @Override
    public Instant countsFrom(Instant since, Situation situation) {
        return since.plus(Duration.ofMinutes(situation.policy().getPropagationGraceMinutes()));
    }

    @Override
    public Resolution whyEnded(Situation situation, Phase held) {
        var now = situation.phase();
        return now.retired()
                ? Exemption.of(now.definition(), situation.policy()).resolution(held)
                : Resolution.REACTIVATED;
    }

    @Override
    public Resolution whyBrokenOff() {
        return Resolution.REACTIVATED;
    }

    @Override
    public String variant(Situation situation, Phase held) {
        var definition = held == null ? situation.phase().definition() : held.definition();
        return definition.getDecision() == Decision.ROLL_OUT ? definition.getWinner() : null;
    }

    @Override
    public String summary(Situation situation, Phase held, CleanupAlert.Builder alert) {
        var evidence = alert.getEvidence();
        var archived = held != null && held.allocation().kind() == Allocation.Kind.ARCHIVED;
        var subject = Wording.subject(situation.key());
        var ended = (archived ? "was archived on " : "was switched off on ") + Wording.date(evidence.getSince());
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return subject + ", which " + ended + " and had still been evaluated, is resolved: "
                    + Wording.reason(alert.getResolution()) + ".";
        }
        var later = evidence.getDays() == 0 ? "" : ", " + Wording.days(evidence.getDays()) + " later";
        var tooLong = CostLimit.passed(alert, situation.policy())
                .map(limit -> " (its project allows " + limit + ")")
                .orElse("");
        return subject + " " + ended + " but still consumed " + Wording.impressions(evidence.getImpressionsLastDay())
                + " in the last 24 h" + later + tooLong + ": remove its evaluation from the code.";
    }
}
