package dev.afterglow.streams.readmodel;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.conservation.ConservationCheck;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledgers of all source partitions added up, in evaluations.
 *
 * @param received evaluations received
 * @param counted counted as impressions
 * @param duplicate dropped as seen before
 * @param excludedByReason left out by policy
 * @param deadLetteredByReason not countable
 * @param conflicts duplicates whose payload differed from the first; part of {@code duplicate}
 * @param partitions number of source partitions with a ledger; corrections for sealed hours have one too, and are none
 * @param holds whether {@code received = counted + duplicate + excluded + deadLettered} in every one of them
 */
public record Conservation(
        long received,
        long counted,
        long duplicate,
        SortedMap<String, Long> excludedByReason,
        SortedMap<String, Long> deadLetteredByReason,
        long conflicts,
        int partitions,
        boolean holds) {

    /**
     * Adds up.
     *
     * @throws ArithmeticException when a sum does not fit 64 bits
     */
    public static Conservation of(Collection<IntakeLedger> ledgers) {
        var received = 0L;
        var counted = 0L;
        var duplicate = 0L;
        var conflicts = 0L;
        var partitions = 0;
        var holds = true;
        var excluded = new TreeMap<String, Long>();
        var deadLettered = new TreeMap<String, Long>();
        for (var ledger : ledgers) {
            received = Math.addExact(received, ledger.getReceived());
            counted = Math.addExact(counted, ledger.getCounted());
            duplicate = Math.addExact(duplicate, ledger.getDuplicate());
            conflicts = Math.addExact(conflicts, ledger.getConflicts());
            ledger.getExcluded().forEach((reason, count) -> excluded.merge(reason, count, Math::addExact));
            ledger.getDeadLettered().forEach((reason, count) -> deadLettered.merge(reason, count, Math::addExact));
            // In each one: what is missing in one partition must not make up for what is too much in another.
            holds &= ConservationCheck.check(ledger).isEmpty();
            partitions += ledger.getReceived() == 0 && ledger.getCounted() < 0 ? 0 : 1;
        }
        return new Conservation(received, counted, duplicate, excluded, deadLettered, conflicts, partitions, holds);
    }

    /** Evaluations left out by policy, whatever the reason. */
    public long excluded() {
        return sum(excludedByReason);
    }

    /** Evaluations that could not be counted, whatever the reason. */
    public long deadLettered() {
        return sum(deadLetteredByReason);
    }

    private static long sum(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }
}
