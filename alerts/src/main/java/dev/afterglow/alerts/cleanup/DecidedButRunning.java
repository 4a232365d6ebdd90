package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decided for longer than the policy allows, and still split: it learns nothing more, and still consumes. */
final class DecidedButRunning implements Rule {

    @Override
    public CleanupKind kind() {
        return CleanupKind.DECIDED_BUT_RUNNING;
    }

    @Override
    public String name() {
        return "decided-but-running";
    }

    @Override
    public int version() {
        return 1;
    }

    /** Another decision is decided anew: its days count from its own start. */
    @Override
    public Optional<Condition> condition(Situation situation) {
        var now = situation.phase();
        var policy = situation.policy();
        if (!isDecided(now) || !isSplit(now) || Exemption.of(now.definition(), policy) != Exemption.NONE) {
            return Optional.empty();
        }
        return situation
                .definitions()
                .since(situation.at(), phase -> isDecided(phase) && isSplit(phase) && isAlike(phase, now))
                .map(since -> Condition.byAge(since, policy));
    }

    @Override
    public List<Check> checks(Situation situation) {
        var phase = situation.phase();
        var condition = condition(situation);
        return List.of(
                new Check("has been decided", "it " + decision(phase.definition()), isDecided(phase)),
                new Check("is still split", Checks.served(phase), isSplit(phase)),
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
        var exemption = Exemption.of(now.definition(), situation.policy());
        return switch (now.allocation().kind()) {
            case ARCHIVED -> Resolution.ARCHIVED;
            case OFF -> Resolution.DEACTIVATED;
            case FULL_ROLLOUT, TARGETED_ROLLOUT -> Resolution.ALLOCATION_CHANGED;
            default -> exemption == Exemption.NONE ? Resolution.SUPERSEDED : exemption.resolution(held);
        };
    }

    @Override
    public Resolution whyBrokenOff() {
        return Resolution.SUPERSEDED;
    }

    @Override
    public String variant(Situation situation, Phase held) {
        return held == null ? null : winner(held.definition());
    }

    @Override
    public String summary(Situation situation, Phase held, CleanupAlert.Builder alert) {
        var evidence = alert.getEvidence();
        var subject = Wording.subject(situation.key());
        var decided = held == null ? "was decided" : decision(held.definition());
        var since = Wording.date(evidence.getSince());
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return subject + ", which " + decided + " and had still been split since " + since + ", is resolved: "
                    + Wording.reason(alert.getResolution()) + ".";
        }
        var tooLong = CostLimit.passed(alert, situation.policy())
                .map(limit -> ", past the " + limit + " that its project allows,")
                .orElse("");
        return subject + " " + decided + " but is still split " + Wording.forDays(evidence.getDays()) + " (since "
                + since + ")" + tooLong + " and consumed "
                + Wording.impressions(evidence.getImpressionsLastDay()) + " in the last 24 h: " + remedy(held)
                + " and archive the "
                + Wording.noun(situation.phase().definition()) + ".";
    }

    private static String remedy(Phase held) {
        var isRollOut = held != null && held.definition().getDecision() == Decision.ROLL_OUT;
        if (!isRollOut) {
            return "remove it from the code";
        }
        var winner = winner(held.definition());
        return winner == null ? "name the winner, put it in the code" : "put '" + winner + "' in the code";
    }

    private static boolean isDecided(Phase phase) {
        var decision = phase.definition().getDecision();
        return decision == Decision.ROLL_OUT || decision == Decision.ROLL_BACK;
    }

    private static boolean isSplit(Phase phase) {
        return phase.allocation().kind() == Allocation.Kind.RUNNING;
    }

    private static boolean isAlike(Phase one, Phase other) {
        return one.definition().getDecision() == other.definition().getDecision()
                && Objects.equals(
                        one.definition().getWinner(), other.definition().getWinner())
                && Objects.equals(one.definition().getRun(), other.definition().getRun());
    }

    private static String winner(ExperimentDefinition definition) {
        return definition.getDecision() == Decision.ROLL_OUT ? definition.getWinner() : null;
    }

    private static String decision(ExperimentDefinition definition) {
        return switch (definition.getDecision()) {
            case ROLL_OUT ->
                definition.getWinner() == null
                        ? "was decided to be rolled out"
                        : "was decided for '" + definition.getWinner() + "'";
            case ROLL_BACK -> "was decided to be rolled back";
            default -> "is not decided yet";
        };
    }
}
