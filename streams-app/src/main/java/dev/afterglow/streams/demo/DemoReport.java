package dev.afterglow.streams.demo;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What was expected beside what was counted.
 *
 * @param lines the report, for people
 * @param differences how many figures are not what they should be; the demo succeeds with 0
 */
public record DemoReport(List<String> lines, int differences) {

    public DemoReport {
        lines = List.copyOf(lines);
    }

    /**
     * Compares.
     *
     * @param now time of the comparison
     */
    static DemoReport of(Expectation expected, Actual actual, Instant now) {
        var report = new Differences();
        counts(expected, actual, report);
        conservation(expected, actual, report);
        costs(expected, actual, report);
        new AlertComparison(expected.alerts(), actual.alerts(), now).into(report);
        report.heading("Differences: " + report.count());
        return new DemoReport(report.lines(), report.count());
    }

    private static void counts(Expectation expected, Actual actual, Differences report) {
        report.line("Impressions              expected        counted  difference  experiment");
        var keys = new TreeSet<ExperimentKey>(Comparator.comparing(ExperimentKey::toString));
        keys.addAll(expected.counts().keySet());
        keys.addAll(actual.counts().keySet());
        for (var key : keys) {
            var wanted = expected.counts().getOrDefault(key, Map.of());
            var counted = actual.counts().getOrDefault(key, Map.of());
            var should = Expectation.total(wanted);
            var is = Expectation.total(counted);
            report.line("                   %14s %14s %11s  %s"
                    .formatted(Amounts.count(should), Amounts.count(is), Amounts.count(is - should), key));
            report.compare("total of " + key, should, actual.totals().getOrDefault(key, 0L));
            var cells = new TreeSet<>(Cell.ORDER);
            cells.addAll(wanted.keySet());
            cells.addAll(counted.keySet());
            for (var cell : cells) {
                report.compare(
                        key + ", " + cell.variant() + ", " + cell.hour(),
                        wanted.getOrDefault(cell, 0L),
                        counted.getOrDefault(cell, 0L));
            }
        }
    }

    private static void conservation(Expectation expected, Actual actual, Differences report) {
        var wanted = expected.conservation();
        var is = actual.conservation();
        report.heading("Conservation");
        report.line("  expected " + wanted);
        report.line("  ledger   " + is);
        report.compare("received", wanted.received(), is.received());
        report.compare("counted", wanted.counted(), is.counted());
        report.compare("duplicate", wanted.duplicate(), is.duplicate());
        report.compare("conflicts", wanted.conflicts(), is.conflicts());
        report.compare("excluded", wanted.excluded(), is.excluded());
        report.compare("dead-lettered", wanted.deadLettered(), is.deadLettered());
        if (!is.reasons().isEmpty()) {
            report.compare("dead-lettered by reason", wanted.reasons(), is.reasons());
        }
        if (!is.holds()) {
            report.differ("the ledger does not add up");
        }
    }

    private static void costs(Expectation expected, Actual actual, Differences report) {
        report.heading("Costs");
        var line = "  %-8s %-9s %14s impressions   cost %s (expected %s)   wasted %s (expected %s)";
        for (var wanted : expected.bills()) {
            var is = actual.bills().stream()
                    .filter(bill -> bill.account().equals(wanted.account())
                            && bill.period().equals(wanted.period()))
                    .findFirst()
                    .orElseGet(() -> new Bill(wanted.account(), wanted.period(), "XXX", 0, 0, 0, Map.of()));
            report.line(line.formatted(
                    is.account(),
                    is.period(),
                    Amounts.count(is.impressions()),
                    Amounts.money(is.costMicros(), is.currency()),
                    Amounts.money(wanted.costMicros(), wanted.currency()),
                    Amounts.money(is.wastedMicros(), is.currency()),
                    Amounts.money(wanted.wastedMicros(), wanted.currency())));
            bill(wanted, is, report);
        }
    }

    private static void bill(Bill wanted, Bill is, Differences report) {
        var name = wanted.account() + ' ' + wanted.period();
        report.compare(name + ", currency", wanted.currency(), is.currency());
        report.compare(name + ", impressions", wanted.impressions(), is.impressions());
        report.compare(name + ", cost in micros", wanted.costMicros(), is.costMicros());
        report.compare(name + ", wasted micros", wanted.wastedMicros(), is.wastedMicros());
        var keys = new TreeSet<ExperimentKey>(Comparator.comparing(ExperimentKey::toString));
        keys.addAll(wanted.lines().keySet());
        keys.addAll(is.lines().keySet());
        for (var key : keys) {
            report.compare(name + ", share of " + key, wanted.line(key), is.line(key));
        }
    }
}
