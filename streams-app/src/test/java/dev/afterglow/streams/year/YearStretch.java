package dev.afterglow.streams.year;

import static dev.afterglow.streams.year.YearTime.millis;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.ProjectPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A stretch of time with one version of a definition in force. For {@link YearOracle}; without anything of what it judges.
 *
 * @param from when it begins, in milliseconds
 * @param is the version
 * @param served the variant that everyone gets, if there is one
 * @param retired whether it is archived, or has been live and is off
 */
record YearStretch(long from, ExperimentDefinition is, String served, boolean retired) {

    /** Those of an experiment, in the order of time; before the first there is no definition. */
    static List<YearStretch> of(Life life) {
        var stretches = new ArrayList<YearStretch>();
        boolean wasLive = false;
        for (int i = 0; i < life.versions().size(); i++) {
            var version = life.versions().get(i);
            boolean replaced = i + 1 < life.versions().size()
                    && life.versions().get(i + 1).getEffectiveFrom().equals(version.getEffectiveFrom());
            if (!replaced) {
                var shape = new YearStretch(millis(version.getEffectiveFrom()), version, served(version), false);
                boolean retired = shape.archived() || (wasLive && shape.off());
                wasLive |= !shape.off();
                stretches.add(new YearStretch(shape.from, version, shape.served, retired));
            }
        }
        return stretches;
    }

    private static String served(ExperimentDefinition version) {
        var served = version.getVariants().stream()
                .filter(variant -> variant.getWeight() > 0)
                .toList();
        return served.size() == 1 && version.getRolloutPercent() >= 100
                ? served.get(0).getVariant()
                : null;
    }

    boolean archived() {
        return is.getState() == ExperimentState.ARCHIVED;
    }

    boolean off() {
        return !archived()
                && (!is.getEnabled()
                        || is.getState() == ExperimentState.DRAFT
                        || is.getState() == ExperimentState.INACTIVE);
    }

    boolean live() {
        return !archived() && !off();
    }

    boolean full() {
        return live() && served != null;
    }

    boolean splitBetweenSeveral() {
        return live()
                && served == null
                && is.getVariants().stream()
                                .filter(variant -> variant.getWeight() > 0)
                                .count()
                        > 1;
    }

    boolean decidedSplit() {
        return live() && served == null && is.getDecision() != Decision.NONE;
    }

    boolean servesTheSameAs(YearStretch other) {
        return full() && other.full() && served.equals(other.served);
    }

    boolean asksForTheSameAs(YearStretch other) {
        return full() ? servesTheSameAs(other) : splitBetweenSeveral() && other.splitBetweenSeveral();
    }

    boolean isDecidedAs(YearStretch other) {
        return decidedSplit()
                && is.getDecision() == other.is.getDecision()
                && Objects.equals(is.getWinner(), other.is.getWinner());
    }

    boolean isOfRunOf(YearStretch other) {
        return Objects.equals(is.getRun(), other.is.getRun());
    }

    boolean isFlag() {
        return is.getKind() == ExperimentKind.FEATURE_FLAG;
    }

    boolean isExempt(ProjectPolicy policy) {
        return isExemptByRule(policy) || (isFlag() && !policy.getIncludeFeatureFlags());
    }

    boolean isExemptByRule(ProjectPolicy policy) {
        return is.getPermanent()
                || policy.getExemptExperiments().contains(is.getExperiment())
                || policy.getExemptTags().stream().anyMatch(is.getTags()::contains);
    }
}
