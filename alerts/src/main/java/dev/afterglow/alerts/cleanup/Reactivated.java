package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Archived, and live again in the same run: mostly by accident, and it consumes again. Who has not put it right after
 * the days after which the policy calls a leftover critical, one at least, is taken to have meant it.
 */
final class Reactivated implements Rule {

    @Override
    public CleanupKind kind() {
        return CleanupKind.REACTIVATED;
    }

    @Override
    public String name() {
        return "reactivated";
    }

    @Override
    public int version() {
        return 1;
    }

    /** It is never critical: when it would be, it is over. */
    @Override
    public Optional<Condition> condition(Situation situation) {
        var policy = situation.policy();
        if (Exemption.of(situation.phase().definition(), policy) != Exemption.NONE) {
            return Optional.empty();
        }
        return liveAgainSince(situation)
                .map(since -> new Condition(since, since, acceptedAt(since, situation)))
                .filter(condition -> situation.hour().isBefore(condition.escalatesAt()));
    }

    @Override
    public List<Check> checks(Situation situation) {
        var since = liveAgainSince(situation);
        return List.of(
                new Check("is live again after it was archived", served(situation.phase(), since), since.isPresent()),
                new Check(
                        "has been so for less than " + Wording.days(patience(situation)),
                        since.map(start -> "since " + start + "; from " + acceptedAt(start, situation)
                                        + " on it is taken to be meant")
                                .orElse("no day counts"),
                        since.filter(start -> situation.hour().isBefore(acceptedAt(start, situation)))
                                .isPresent()),
                Checks.exempt(this, situation),
                Checks.consumes(this, situation, condition(situation)));
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
            default ->
                exemption != Exemption.NONE
                        ? exemption.resolution(held)
                        : liveAgainSince(situation).isPresent()
                                ? Resolution.PERIOD_ENDED
                                : Resolution.ALLOCATION_CHANGED;
        };
    }

    @Override
    public Resolution whyBrokenOff() {
        return Resolution.ARCHIVED;
    }

    /** What it costs may be meant, and is never critical. */
    @Override
    public boolean isCriticalByCost() {
        return false;
    }

    @Override
    public String variant(Situation situation, Phase held) {
        return held == null ? null : held.allocation().variant();
    }

    @Override
    public String summary(Situation situation, Phase held, CleanupAlert.Builder alert) {
        var evidence = alert.getEvidence();
        var subject = Wording.subject(situation.key());
        var since = Wording.date(evidence.getSince());
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return subject + ", which had been archived and was live again since " + since + ", is resolved: "
                    + Wording.reason(alert.getResolution()) + ".";
        }
        return subject + " was archived, is live again since " + since + " and consumed "
                + Wording.impressions(evidence.getImpressionsLastDay()) + " in the last 24 h: archive it again, or give"
                + " it a new run if that is what is meant.";
    }

    private static Instant acceptedAt(Instant since, Situation situation) {
        return UtcGrid.ceilHour(since.plus(Duration.ofDays(patience(situation))));
    }

    private static long patience(Situation situation) {
        return Math.max(1, situation.policy().getCriticalAfterDays());
    }

    /** Being switched off and on again is no reactivation: what came before that decides. */
    private static Optional<Instant> liveAgainSince(Situation situation) {
        var run = situation.run();
        var definitions = situation.definitions();
        return definitions
                .since(situation.at(), phase -> phase.allocation().isLive() && isOf(phase, run))
                .filter(since -> definitions.phases().stream()
                        .filter(phase -> phase.start().isBefore(since) && isOf(phase, run))
                        .map(phase -> phase.allocation().kind())
                        .filter(kind -> kind != Allocation.Kind.OFF)
                        .reduce((older, newer) -> newer)
                        .filter(kind -> kind == Allocation.Kind.ARCHIVED)
                        .isPresent());
    }

    private static boolean isOf(Phase phase, String run) {
        return Objects.equals(phase.definition().getRun(), run);
    }

    private static String served(Phase phase, Optional<Instant> since) {
        return since.isPresent() || !phase.allocation().isLive()
                ? Checks.served(phase)
                : "it was never archived in this run";
    }
}
