package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.Amount;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** What several rules ask for, in words. */
final class Checks {

    private Checks() {}

    static Check exempt(Rule rule, Situation situation) {
        var definition = situation.phase().definition();
        var policy = situation.policy();
        if (Exemption.ofKind(rule.kind(), policy)) {
            return new Check("is not exempt", "its project wants no alerts of this kind", false);
        }
        return switch (Exemption.of(definition, policy)) {
            case NONE -> new Check("is not exempt", "nothing exempts it", true);
            case FEATURE_FLAG ->
                new Check("is not exempt", "it is a feature flag, and its project leaves those out", false);
            case BY_RULE ->
                new Check("is not exempt", Exemption.byRule(definition, policy).orElseThrow(), false);
        };
    }

    /** Whether a condition has lasted as long as the policy allows before it warns. */
    static Check age(Situation situation, Optional<Condition> condition) {
        var asked = "has done so for " + Wording.days(situation.policy().getWarnAfterDays());
        return condition
                .map(holds -> new Check(
                        asked,
                        "since " + holds.since() + "; from " + holds.opensAt() + " on it is a warning, from "
                                + holds.escalatesAt() + " on critical",
                        !situation.at().isBefore(holds.opensAt())))
                .orElseGet(() -> new Check(asked, "no day counts", false));
    }

    /** The same figure and threshold that open an alert. */
    static Check consumes(Rule rule, Situation situation, Optional<Condition> condition) {
        var least = situation.leastToOpen(rule.kind());
        var again = situation.told().contains(rule.kind().name()) ? ", having been told of before" : "";
        var asked = "consumes at least " + Wording.impressions(least) + " in 24 h" + again;
        var consumed = condition
                .map(holds -> situation.impressionsLastDay(rule.countsFrom(holds.since(), situation)))
                .orElseGet(() -> situation.impressionsSince(situation.hour().minus(Situation.DAY)));
        return new Check(asked, Wording.impressions(consumed) + " in the last 24 h that count", consumed >= least);
    }

    /** The cost that makes an alert critical, where the policy names one; without a price none is reached. */
    static Optional<Check> cost(Rule rule, Situation situation, Instant since) {
        return CostLimit.of(rule, situation.policy()).map(limit -> {
            var cost = CostLimit.costSince(rule, situation, since);
            var currency = cost.map(Amount::currency);
            return new Check(
                    "is critical by its cost, from "
                            + currency.map(code -> Wording.money(new Amount(limit, code)))
                                    .orElse(limit + " micro-units")
                            + " on",
                    cost.map(known -> Wording.money(known) + " since " + rule.countsFrom(since, situation))
                            .orElse("its account has no price plan that holds now"),
                    cost.filter(known -> known.micros() >= limit).isPresent());
        });
    }

    /** Who gets what, in words. */
    static String served(Phase phase) {
        var definition = phase.definition();
        var allocation = phase.allocation();
        var since = ", by version " + definition.getVersion() + " of " + phase.start();
        return switch (allocation.kind()) {
            case FULL_ROLLOUT -> "'" + allocation.variant() + "' is served to everyone" + since;
            case TARGETED_ROLLOUT ->
                "'" + allocation.variant() + "' is served to all of its target segments, and not to everyone" + since;
            case RUNNING ->
                "it is split: " + weights(phase) + ", to " + Wording.percent(definition.getRolloutPercent())
                        + " of the units"
                        + (definition.getSegments().isEmpty() ? "" : ", and otherwise to its target segments") + since;
            case OFF -> (phase.retired() ? "it is switched off" : "it is off and was never live") + since;
            case ARCHIVED -> "it is archived" + since;
        };
    }

    private static String weights(Phase phase) {
        return phase.definition().getVariants().stream()
                .map(variant -> "'" + variant.getVariant() + "' " + Wording.number(variant.getWeight()))
                .collect(Collectors.joining(", "));
    }
}
