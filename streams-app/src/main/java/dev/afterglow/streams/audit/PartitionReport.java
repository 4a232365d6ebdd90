package dev.afterglow.streams.audit;

import java.util.Map;
import java.util.Optional;

/**
 * The recount of one source partition.
 *
 * @param partition its number
 * @param begin the first offset that the log still has
 * @param end the offset up to which the totals go, itself left out: that of the ledger
 * @param recounted totals by name
 * @param published totals of the ledger by name; empty when the partition has lost its beginning, and with it what the
 *     ledger has accounted for, or when there was nothing to account for
 */
public record PartitionReport(
        int partition, long begin, long end, Map<String, Long> recounted, Optional<Map<String, Long>> published) {

    /** Whether the totals can be compared. */
    public boolean isComparable() {
        return published.isPresent();
    }
}
