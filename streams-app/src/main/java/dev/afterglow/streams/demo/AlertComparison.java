package dev.afterglow.streams.demo;

import dev.afterglow.contract.CleanupKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the alerts that are there against those that should be. */
final class AlertComparison {

    /** Kinds of which nothing may be there but what is expected; others depend on the time of day. */
    private static final Set<String> JUDGED = judged();

    private final List<ExpectedAlert> expected;
    private final List<ActualAlert> actual;
    private final Instant now;

    AlertComparison(List<ExpectedAlert> expected, List<ActualAlert> actual, Instant now) {
        this.expected = expected;
        this.actual = actual.stream()
                .sorted(Comparator.comparing(ActualAlert::alertId))
                .toList();
        this.now = now;
    }

    void into(Differences report) {
        report.heading("Alerts");
        for (var alert : actual) {
            report.line("  %-9s %s".formatted(alert.status(), alert.alertId()));
            if (!alert.summary().isEmpty()) {
                report.line("            " + alert.summary());
            }
        }
        var unclaimed = new ArrayList<>(actual);
        for (var wanted : expected) {
            var found = actual.stream().filter(alert -> matches(wanted, alert)).toList();
            unclaimed.removeAll(found);
            if (wanted.until().filter(now::isAfter).isEmpty()) {
                check(wanted, found, report);
            }
        }
        unclaimed.stream()
                .filter(alert -> JUDGED.contains(alert.kind()))
                .filter(alert -> !isBygoneBudget(alert))
                .forEach(alert -> report.differ("unexpected alert " + alert.alertId() + ", " + alert.status()));
    }

    /** Resolved alerts may stand beside an open one: earlier episodes, or lower thresholds of a budget. */
    private static void check(ExpectedAlert wanted, List<ActualAlert> found, Differences report) {
        var name = wanted.kind() + " of " + wanted.subject();
        var open = found.stream().filter(alert -> !alert.isResolved()).toList();
        var counts = open.isEmpty() ? found : open;
        if (counts.stream().noneMatch(alert -> wanted.accepts(alert.status()))) {
            var states = found.stream().map(ActualAlert::status).collect(Collectors.joining(", "));
            report.differ(name + ": expected " + wanted.status() + ", got " + (found.isEmpty() ? "none" : states));
        } else if (open.size() > 1) {
            report.differ(name + ": expected one open alert, got " + open.size());
        }
    }

    private static boolean matches(ExpectedAlert wanted, ActualAlert alert) {
        return wanted.kind().equals(alert.kind()) && wanted.subject().equals(alert.subject());
    }

    /** Of a period that has ended: late events may have opened it, the end has resolved it. */
    private static boolean isBygoneBudget(ActualAlert alert) {
        return alert.kind().equals(ExpectedAlert.BUDGET_ACTUAL) && alert.isResolved();
    }

    private static Set<String> judged() {
        var kinds = Arrays.stream(CleanupKind.values())
                .filter(EnumSet.complementOf(EnumSet.of(CleanupKind.SOURCE_SILENT))::contains)
                .map(CleanupKind::name)
                .collect(Collectors.toSet());
        kinds.add(ExpectedAlert.BUDGET_ACTUAL);
        return Set.copyOf(kinds);
    }
}
