package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.VariantWeight;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The rollout that traffic shows, beside that which the definition asks for: one variant for everybody, or several.
 *
 * @param phase the version in force; at full rollout, or split by weights alone
 * @param seen impressions by variant, those of the most frequent one and at least {@link #ENOUGH} of the others where there
 *     are so many
 */
record Observed(Phase phase, SortedMap<String, Long> seen) {

    /** Of other variants: from so many on, an experiment that is defined to be split is taken to be so. */
    static final long ENOUGH = 10;

    private static final long LEAST_TOTAL = 1_000;

    /** At full rollout, of a hundred impressions: fewer are clients that have been offline, and robots. */
    private static final long LEAST_PERCENT = 1;

    /** Of other variants, where there are none: from so many on, chance does not explain it. */
    private static final double LEAST_EXPECTED = 100;

    /** Whether the definition is one with which traffic can disagree: segments may explain nearly everything. */
    static boolean isComparable(Phase phase) {
        return switch (phase.allocation().kind()) {
            case FULL_ROLLOUT -> true;
            case RUNNING ->
                phase.definition().getSegments().isEmpty()
                        && phase.definition().getVariants().stream()
                                        .filter(variant -> variant.getWeight() > 0)
                                        .count()
                                > 1;
            default -> false;
        };
    }

    long total() {
        return seen.values().stream().reduce(0L, Math::addExact);
    }

    /** The variant that everybody ought to get, or else the one that was seen most; null where there is none. */
    String one() {
        if (phase.allocation().isFull()) {
            return phase.allocation().variant();
        }
        return seen.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Impressions of all variants but that {@link #one}. */
    long others() {
        return total() - seen.getOrDefault(one(), 0L);
    }

    /** Whether an alert that is open stays so. */
    boolean disagrees() {
        return phase.allocation().isFull() ? others() > 0 : total() > 0 && others() < ENOUGH;
    }

    /** Whether an alert opens. */
    boolean disagreesPlainly() {
        if (total() < LEAST_TOTAL) {
            return false;
        }
        return phase.allocation().isFull()
                ? others() >= total() / 100.0 * LEAST_PERCENT
                : others() == 0 && expectedOfOthers() >= LEAST_EXPECTED;
    }

    String inWords() {
        if (!phase.allocation().isFull() && others() >= ENOUGH) {
            return seen.keySet().stream().map(Observed::quoted).collect(Collectors.joining(", ")) + " were seen";
        }
        var all = Wording.impressions(total());
        if (others() == 0) {
            return quoted(one()) + " got all of " + all;
        }
        var others = seen.entrySet().stream()
                .filter(variant -> !variant.getKey().equals(one()))
                .map(variant -> quoted(variant.getKey()) + " " + Wording.number(variant.getValue()))
                .collect(Collectors.joining(", "));
        return "of " + all + " others than " + quoted(one()) + " got " + Wording.number(others()) + " (" + others + ")";
    }

    private static String quoted(String variant) {
        return "'" + variant + "'";
    }

    private double expectedOfOthers() {
        var definition = phase.definition();
        double all = 0;
        double ofOne = 0;
        for (VariantWeight variant : definition.getVariants()) {
            all += variant.getWeight();
            ofOne += variant.getVariant().equals(one()) ? variant.getWeight() : 0;
        }
        return total() * (definition.getRolloutPercent() / 100) * (1 - ofOne / all);
    }
}
