package dev.afterglow.streams.audit;

import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.audit.Difference.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lays the recount beside what is published. */
final class Comparison {

    private static final long[] NOTHING = new long[4];

    private final AuditRange range;
    private final Coverage coverage;
    private final List<Difference> differences = new ArrayList<>();
    private long compared;
    private long moving;
    private long leftOut;

    Comparison(AuditRange range, Coverage coverage) {
        this.range = range;
        this.coverage = coverage;
    }

    long compared() {
        return compared;
    }

    long moving() {
        return moving;
    }

    long leftOut() {
        return leftOut;
    }

    List<Difference> differences() {
        return differences;
    }

    /** Compares all counts of the range that are covered, in order of their keys. */
    void counts(CountSheet recounted, PublishedCounts published) {
        var cells = new HashSet<>(recounted.settledCells());
        cells.addAll(cellsOf(published));
        cells.stream()
                .sorted(Comparator.comparing(Cell::toString))
                .forEach(cell -> count(cell, recounted, published.of(cell.key().toString())));
        differences.addAll(published.differences());
    }

    private void count(Cell cell, CountSheet recounted, ImpressionCount published) {
        if (!range.contains(cell.key().hour()) || !coverage.covers(cell)) {
            leftOut++;
            return;
        }
        compared++;
        moving += recounted.moves(cell) ? 1 : 0;
        var least = recounted.least(cell);
        var most = recounted.most(cell);
        var found = quartersOf(cell, published);
        for (int quarter = 0; quarter < least.length; quarter++) {
            if (found[quarter] < least[quarter] || found[quarter] > most[quarter]) {
                differences.add(
                        new Difference(Kind.COUNT, cell.toString(), bounds(least, most), words(cell, published)));
                return;
            }
        }
    }

    /** Compares the totals of a partition with its ledger. */
    void ledger(PartitionReport partition) {
        partition.published().ifPresent(published -> {
            var names = new TreeSet<>(published.keySet());
            names.addAll(partition.recounted().keySet());
            for (var name : names) {
                long recounted = partition.recounted().getOrDefault(name, 0L);
                long found = published.getOrDefault(name, 0L);
                if (recounted != found) {
                    differences.add(new Difference(
                            Kind.LEDGER,
                            "partition " + partition.partition() + ' ' + name,
                            Long.toString(recounted),
                            Long.toString(found)));
                }
            }
        });
    }

    /** Says so when a ledger does not account for what it has received. */
    void conservation(IntakeLedger ledger) {
        var totals = PartitionTotals.of(ledger);
        if (!totals.balances()) {
            differences.add(new Difference(
                    Kind.RECORD,
                    "ledger of partition " + ledger.getPartition(),
                    "outcomes that make " + totals.received(),
                    totals.byName().toString()));
        }
    }

    private static Set<Cell> cellsOf(PublishedCounts published) {
        var cells = new HashSet<Cell>();
        for (var key : published.keys()) {
            try {
                cells.add(PublishedCounts.cellOf(published.of(key)));
            } catch (IllegalArgumentException e) {
                // What cannot be a count has been named where it was read.
                continue;
            }
        }
        return cells;
    }

    private static long[] quartersOf(Cell cell, ImpressionCount published) {
        if (published == null || published.getPolicy() != cell.policy()) {
            return NOTHING;
        }
        var quarters =
                published.getQuarters().stream().mapToLong(Long::longValue).toArray();
        return Arrays.copyOf(quarters, NOTHING.length);
    }

    private static String bounds(long[] least, long[] most) {
        return Arrays.equals(least, most) ? words(least) : words(least) + " to " + words(most);
    }

    private static String words(Cell cell, ImpressionCount published) {
        if (published == null) {
            return "none";
        }
        var policy = published.getPolicy() == cell.policy() ? "" : " under " + published.getPolicy();
        return words(published.getQuarters().stream().mapToLong(Long::longValue).toArray()) + policy + " (revision "
                + published.getRevision() + ")";
    }

    private static String words(long[] quarters) {
        return Arrays.stream(quarters).reduce(0L, Math::addExact) + " " + Arrays.toString(quarters);
    }
}
