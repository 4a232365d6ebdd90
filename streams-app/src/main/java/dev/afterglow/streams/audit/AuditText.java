package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class AuditText {

    private AuditText() {}

    /**
     * The lines of a report.
     *
     * @param most how many differences are shown, 0 or more
     */
    public static List<String> lines(AuditReport report, long most) {
        var lines = new ArrayList<String>();
        lines.add("Hours (UTC): " + report.range());
        coverage(report, lines);
        lines.add(String.format(
                Locale.ROOT,
                "Counts: %,d compared%s%s",
                report.compared(),
                report.moving() == 0 ? "" : String.format(Locale.ROOT, ", %,d of them still rising", report.moving()),
                report.leftOut() == 0 ? "" : String.format(Locale.ROOT, ", %,d left out", report.leftOut())));
        report.partitions().forEach(partition -> partition(partition, lines));
        report.differences().stream().limit(most).map(Difference::toString).forEach(lines::add);
        if (report.differences().size() > most) {
            lines.add(String.format(
                    Locale.ROOT,
                    "... and %,d more: show them with --all",
                    report.differences().size() - most));
        }
        lines.add("Differences: " + report.differences().size());
        return lines;
    }

    private static void coverage(AuditReport report, List<String> lines) {
        if (report.coveredFrom().isEmpty()) {
            lines.add("Every arrival is still in the log.");
            return;
        }
        lines.add("The log has lost its beginning. Covered are the hours");
        for (var policy : CountingPolicy.values()) {
            if (report.coveredFrom().containsKey(policy)) {
                lines.add("  from " + report.coveredFrom().get(policy) + " under " + policy);
            }
        }
    }

    private static void partition(PartitionReport partition, List<String> lines) {
        lines.add("Partition " + partition.partition() + ", offsets " + partition.begin() + " to " + partition.end()
                + (partition.begin() == 0 ? "" : ": its beginning is gone, the ledger cannot be compared"));
        var recounted = partition.recounted();
        recounted.forEach((name, total) -> lines.add(String.format(
                Locale.ROOT,
                "  %-28s %,15d%s",
                name,
                total,
                partition
                        .published()
                        .map(published -> published.getOrDefault(name, 0L))
                        .filter(published -> !published.equals(total))
                        .map(published -> String.format(Locale.ROOT, "   ledger %,d", published))
                        .orElse(""))));
    }
}
