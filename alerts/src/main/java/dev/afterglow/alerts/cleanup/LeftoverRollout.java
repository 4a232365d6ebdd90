package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** At full rollout for longer than the policy allows, and still consuming. */
final class LeftoverRollout implements Rule {

    @Override
    public CleanupKind kind() {
        return CleanupKind.LEFTOVER_ROLLOUT;
    }

    @Override
    public String name() {
        return "leftover-rollout";
    }

    @Override
    public int version() {
        return 1;
    }

    /** Another variant for everybody, or another run, is another rollout: its days count from its own start. */
    @Override
    public Optional<Condition> condition(Situation situation) {
        var now = situation.phase();
        var policy = situation.policy();
        if (!now.allocation().isFull() || Exemption.of(now.definition(), policy) != Exemption.NONE) {
            return Optional.empty();
        }
        return situation
                .definitions()
                .since(
                        situation.at(),
                        phase -> phase.allocation().equals(now.allocation())
                                && Objects.equals(phase.definition().getRun(), situation.run()))
                .map(since -> Condition.byAge(since, policy));
    }

    @Override
    public List<Check> checks(Situation situation) {
        var phase = situation.phase();
        var condition = condition(situation);
        return List.of(
                new Check(
                        "serves one variant to everyone",
                        Checks.served(phase),
                        phase.allocation().isFull()),
                Checks.exempt(this, situation),
                Checks.age(situation, condition),
                Checks.consumes(this, situation, condition));
    }

    @Override
    public Instant countsFrom(Instant since, Situation situation) {
        return since;
    }

    @Override
    public Resolution whyEnded(Situation situation, Phase held) {
        var now = situation.phase();
        return switch (now.allocation().kind()) {
            case ARCHIVED -> Resolution.ARCHIVED;
            case OFF -> Resolution.DEACTIVATED;
            default -> {
                var exemption = Exemption.of(now.definition(), situation.policy());
                yield exemption == Exemption.NONE ? Resolution.ALLOCATION_CHANGED : exemption.resolution(held);
            }
        };
    }

    @Override
    public Resolution whyBrokenOff() {
        return Resolution.ALLOCATION_CHANGED;
    }

    @Override
    public String variant(Situation situation, Phase held) {
        return held == null ? null : held.allocation().variant();
    }

    @Override
    public String summary(Situation situation, Phase held, CleanupAlert.Builder alert) {
        var evidence = alert.getEvidence();
        var variant = evidence.getVariant() == null ? "one variant" : "variant '" + evidence.getVariant() + "'";
        var subject = Wording.subject(situation.key());
        var days = Wording.forDays(evidence.getDays());
        var date = Wording.date(evidence.getSince());
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return subject + ", which had served " + variant + " to everyone " + days + " (since " + date
                    + "), is resolved: " + Wording.reason(alert.getResolution()) + ".";
        }
        var tooLong = CostLimit.passed(alert, situation.policy())
                .map(limit -> ", past the " + limit + " that its project allows,")
                .orElse("");
        return subject + " has served " + variant + " to everyone " + days + " (since " + date + ")" + tooLong
                + " and still consumed " + Wording.impressions(evidence.getImpressionsLastDay())
                + " in the last 24 h: put '" + evidence.getVariant() + "' in the code and archive the "
                + Wording.noun(situation.phase().definition()) + ".";
    }
}
