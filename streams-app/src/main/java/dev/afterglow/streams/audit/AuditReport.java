package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an audit has found.
 *
 * @param range the hours that were compared
 * @param coveredFrom the first hour covered, by policy; empty when the log has all arrivals since its beginning
 * @param partitions the source partitions, by number
 * @param compared how many counts were compared
 * @param moving how many of them were still rising meanwhile, and were compared within bounds
 * @param leftOut how many published or recounted counts lie in hours outside the range or not covered
 * @param differences all that was found, counts first
 */
public record AuditReport(
        AuditRange range,
        Map<CountingPolicy, Instant> coveredFrom,
        List<PartitionReport> partitions,
        long compared,
        long moving,
        long leftOut,
        List<Difference> differences) {

    /** Takes copies. */
    public AuditReport {
        coveredFrom = Map.copyOf(coveredFrom);
        partitions = List.copyOf(partitions);
        differences = List.copyOf(differences);
    }
}
