package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.VariantWeight;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who gets what under a version of a definition.
 *
 * @param kind how far it is rolled out
 * @param variant the one variant that is served; null unless at full or targeted rollout
 */
public record Allocation(Kind kind, String variant) {

    /** How far an experiment is rolled out. */
    public enum Kind {
        /** Everybody gets the same variant. */
        FULL_ROLLOUT,
        /** Everybody in the target segments gets the same variant; others do not. */
        TARGETED_ROLLOUT,
        /** It is live and still splits, or takes in only a part of its units. */
        RUNNING,
        /** It is disabled, a draft or inactive. */
        OFF,
        /** It is archived. */
        ARCHIVED
    }

    private static final double ALL = 100.0;

    /**
     * The allocation of a version. Weights are relative, so that one positive weight of any size takes everything. A
     * state from a newer contract counts as running.
     */
    public static Allocation of(ExperimentDefinition definition) {
        if (definition.getState() == ExperimentState.ARCHIVED) {
            return new Allocation(Kind.ARCHIVED, null);
        }
        if (!definition.getEnabled()
                || definition.getState() == ExperimentState.DRAFT
                || definition.getState() == ExperimentState.INACTIVE) {
            return new Allocation(Kind.OFF, null);
        }
        if (definition.getState() != ExperimentState.RUNNING) {
            return new Allocation(Kind.RUNNING, null);
        }
        var everyone = servedToAll(definition.getRolloutPercent(), definition.getVariants());
        var targeted = servedToAllSegments(definition);
        if (everyone.isPresent() && (definition.getSegments().isEmpty() || targeted.equals(everyone))) {
            return new Allocation(Kind.FULL_ROLLOUT, everyone.get());
        }
        return targeted.map(variant -> new Allocation(Kind.TARGETED_ROLLOUT, variant))
                .orElseGet(() -> new Allocation(Kind.RUNNING, null));
    }

    /** Whether it serves anybody at all: neither off nor archived. */
    public boolean isLive() {
        return kind != Kind.OFF && kind != Kind.ARCHIVED;
    }

    /** Whether everybody gets the same variant. */
    public boolean isFull() {
        return kind == Kind.FULL_ROLLOUT;
    }

    private static Optional<String> servedToAllSegments(ExperimentDefinition definition) {
        var served = definition.getSegments().stream()
                .map(segment -> servedToAll(segment.getRolloutPercent(), segment.getVariants()))
                .distinct()
                .toList();
        return served.size() == 1 ? served.get(0) : Optional.empty();
    }

    private static Optional<String> servedToAll(double percent, List<VariantWeight> variants) {
        var served = variants.stream()
                .filter(variant -> variant.getWeight() > 0)
                .map(VariantWeight::getVariant)
                .collect(Collectors.toSet());
        return percent >= ALL && served.size() == 1
                ? Optional.of(served.iterator().next())
                : Optional.empty();
    }
}
