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
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Definition and traffic disagree: one variant for everybody, and others are seen; or several, and only one is seen. What
 * is compared are the 24 h that end with the newest hour with traffic, so that time alone changes nothing.
 */
final class RolloutMismatch implements Rule {

    @Override
    public CleanupKind kind() {
        return CleanupKind.ROLLOUT_MISMATCH;
    }

    @Override
    public String name() {
        return "rollout-mismatch";
    }

    @Override
    public int version() {
        return 1;
    }

    /** Since when the definition asks for what is not so; how long it has not been so, traffic does not tell for sure. */
    @Override
    public Optional<Condition> condition(Situation situation) {
        var policy = situation.policy();
        if (Exemption.of(situation.phase().definition(), policy) != Exemption.NONE) {
            return Optional.empty();
        }
        return definedSince(situation)
                .filter(since -> observed(situation, since).disagrees())
                .map(since -> {
                    var opensAt = UtcGrid.ceilHour(countsFrom(since, situation).plus(Situation.DAY));
                    var escalatesAt = UtcGrid.ceilHour(since.plus(Duration.ofDays(policy.getCriticalAfterDays())));
                    return new Condition(since, opensAt, escalatesAt.isBefore(opensAt) ? opensAt : escalatesAt);
                });
    }

    @Override
    public boolean isEnough(Situation situation, Condition condition) {
        return Rule.super.isEnough(situation, condition)
                && observed(situation, condition.since()).disagreesPlainly();
    }

    @Override
    public List<Check> checks(Situation situation) {
        var phase = situation.phase();
        var since = definedSince(situation);
        var observed = since.map(start -> observed(situation, start));
        var condition = condition(situation);
        return List.of(
                new Check("is at full rollout, or split by weights alone", Checks.served(phase), since.isPresent()),
                Checks.exempt(this, situation),
                new Check(
                        "serves something else, by the last 24 h with traffic",
                        observed.filter(seen -> seen.total() > 0)
                                .map(Observed::inWords)
                                .orElse("nothing was seen that could be compared"),
                        observed.filter(Observed::disagreesPlainly).isPresent()),
                new Check(
                        "has been defined so for a day",
                        condition
                                .map(holds -> "since " + holds.since() + "; from " + holds.opensAt()
                                        + " on it is a warning, from " + holds.escalatesAt() + " on critical")
                                .orElse("no day counts"),
                        condition
                                .filter(holds -> !situation.at().isBefore(holds.opensAt()))
                                .isPresent()),
                Checks.consumes(this, situation, condition));
    }

    /** Clients need time to hear of a definition. */
    @Override
    public Instant countsFrom(Instant since, Situation situation) {
        return since.plus(Duration.ofMinutes(situation.policy().getPropagationGraceMinutes()));
    }

    @Override
    public Resolution whyEnded(Situation situation, Phase held) {
        var now = situation.phase();
        var exemption = Exemption.of(now.definition(), situation.policy());
        return switch (now.allocation().kind()) {
            case ARCHIVED -> Resolution.ARCHIVED;
            case OFF -> Resolution.DEACTIVATED;
            default -> {
                if (exemption != Exemption.NONE) {
                    yield exemption.resolution(held);
                }
                yield held != null && isAlike(held, now) && Observed.isComparable(now)
                        ? Resolution.AGREED
                        : Resolution.ALLOCATION_CHANGED;
            }
        };
    }

    @Override
    public Resolution whyBrokenOff() {
        return Resolution.ALLOCATION_CHANGED;
    }

    /** It wants to be put right, not to be ended. */
    @Override
    public boolean savesMoney() {
        return false;
    }

    @Override
    public String variant(Situation situation, Phase held) {
        return held == null ? null : held.allocation().variant();
    }

    @Override
    public List<NextStep> nextSteps(ExperimentDefinition owner, String variant, NextSteps.Done done, String saves) {
        return List.of(
                new NextStep(
                        "Find what does not follow the definition: an old release, a cache, a default in the code, a"
                                + " bundled copy.",
                        done.implemented()),
                new NextStep("Make it follow the definition, or correct the definition.", done.implemented()),
                new NextStep("Judge no result by the days on which they disagreed.", false));
    }

    @Override
    public String summary(Situation situation, Phase held, CleanupAlert.Builder alert) {
        var subject = Wording.subject(situation.key());
        var since = "since " + Wording.date(alert.getEvidence().getSince());
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return subject + ", whose traffic disagreed with what it is defined to serve " + since + ", is resolved: "
                    + Wording.reason(alert.getResolution()) + ".";
        }
        var asked = situation.phase().allocation().isFull()
                ? "serve '" + situation.phase().allocation().variant() + "' to everyone"
                : "be split";
        return subject + " is defined to " + asked + " " + since + ", but "
                + observed(situation, alert.getEvidence().getSince()).inWords()
                + " in the last 24 h with traffic: make the code follow the definition, or correct the definition.";
    }

    private static Optional<Instant> definedSince(Situation situation) {
        var now = situation.phase();
        return Observed.isComparable(now)
                ? situation
                        .definitions()
                        .since(situation.at(), phase -> Observed.isComparable(phase) && isAlike(phase, now))
                : Optional.empty();
    }

    private static boolean isAlike(Phase one, Phase other) {
        return one.allocation().equals(other.allocation())
                && Objects.equals(one.definition().getRun(), other.definition().getRun());
    }

    private Observed observed(Situation situation, Instant since) {
        var phase = situation.phase();
        var start = UtcGrid.ceilQuarter(countsFrom(since, situation));
        var seen = situation
                .traffic()
                .lastTraffic(situation.hour())
                .map(UtcGrid::ceilHour)
                .filter(start::isBefore)
                .map(end -> situation
                        .traffic()
                        .impressionsByVariant(
                                latest(start, end.minus(Situation.DAY)),
                                end,
                                phase.allocation().isFull() ? Long.MAX_VALUE : Observed.ENOUGH))
                .orElseGet(Collections::emptySortedMap);
        return new Observed(phase, seen);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
