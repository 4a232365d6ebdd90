package dev.afterglow.streams.demo;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of all that was received, in evaluations.
 *
 * @param received everything
 * @param counted what counts
 * @param duplicate ids that came again
 * @param excluded left out by policy
 * @param deadLettered could not be counted
 * @param conflicts duplicates whose payload was another; part of {@code duplicate}
 * @param reasons {@code deadLettered} by reason; empty where the reasons are not known
 */
record Conservation(
        long received,
        long counted,
        long duplicate,
        long excluded,
        long deadLettered,
        long conflicts,
        Map<String, Long> reasons) {

    Conservation {
        reasons = Map.copyOf(reasons);
    }

    /** Whether what went in came out. */
    boolean holds() {
        return received == counted + duplicate + excluded + deadLettered;
    }

    @Override
    public String toString() {
        return received + " received = " + counted + " counted + " + duplicate + " duplicate (" + conflicts
                + " conflicts) + " + excluded
                + " excluded + " + deadLettered + " dead-lettered"
                + (reasons.isEmpty() ? "" : " " + new TreeMap<>(reasons));
    }
}
