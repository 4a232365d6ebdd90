package dev.afterglow.streams.demo;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One experiment of the fleet and how it behaves.
 *
 * @param key its identity
 * @param role what it is in the fleet for
 * @param share its share of the traffic, relative to that of the others; 1 or more
 * @param variants its variants; the last one is served to all from {@code allFrom} on
 * @param allFrom when all units began to get the last variant; empty when they are split evenly
 * @param leftoverFrom from when its impressions are leftovers; empty when they never are
 * @param history the versions of its definition, oldest first
 */
record FleetMember(
        ExperimentKey key,
        Role role,
        int share,
        List<String> variants,
        Optional<Instant> allFrom,
        Optional<Instant> leftoverFrom,
        List<ExperimentDefinition> history) {

    /** What an experiment is in the fleet for. */
    enum Role {
        /** At full rollout long enough for a warning. */
        LEFTOVER,
        /** At full rollout long enough to be critical. */
        OLD_LEFTOVER,
        /** At full rollout, but not for long: wasteful already, no alert yet. */
        FRESH_ROLLOUT,
        /** Archived, and still evaluated. */
        ZOMBIE,
        /** A leftover that its owners switch off in mid-course. */
        CLEANED,
        /** A feature flag on for all: exempt. */
        FLAG,
        /** Running, as it should. */
        RUNNING
    }

    FleetMember {
        variants = List.copyOf(variants);
        history = List.copyOf(history);
    }

    /** The variant served at a time; {@code dice} is any number that is 0 or more. */
    String variantAt(Instant at, int dice) {
        return allFrom.isPresent() && !at.isBefore(allFrom.get())
                ? variants.get(variants.size() - 1)
                : variants.get(dice % variants.size());
    }

    /** Some variant other than the one given. */
    String otherThan(String variant) {
        return variants.get((variants.indexOf(variant) + 1) % variants.size());
    }
}
