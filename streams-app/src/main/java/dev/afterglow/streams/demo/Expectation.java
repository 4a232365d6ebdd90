package dev.afterglow.streams.demo;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has to come out of the pipeline, reckoned from the generated records alone.
 *
 * @param records how many records there are
 * @param counts impressions by experiment, variant and hour
 * @param conservation what becomes of all records
 * @param bills by account and month
 * @param alerts every alert that has to be there; no other may be
 */
record Expectation(
        long records,
        Map<ExperimentKey, Map<Cell, Long>> counts,
        Conservation conservation,
        List<Bill> bills,
        List<ExpectedAlert> alerts) {

    /** Goes once through both parts of the traffic. */
    static Expectation of(Fleet fleet, TrafficGenerator traffic) {
        var tally = new Tally();
        traffic.firstPart(tally);
        traffic.secondPart(tally);
        var counts = counts(tally);
        var bills = bills(fleet, traffic, tally);
        var alerts = new ArrayList<ExpectedAlert>();
        for (var member : fleet.members()) {
            cleanupAlert(member).ifPresent(alerts::add);
        }
        alerts.addAll(new Budgets(running(fleet, bills), fleet.now()).alerts());
        return new Expectation(tally.records(), counts, tally.conservation(), bills, List.copyOf(alerts));
    }

    /** Impressions of an experiment. */
    static long total(Map<Cell, Long> cells) {
        return cells.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }

    /** The bill of the first account for the month in which the fleet lives. */
    Bill running(Fleet fleet) {
        return running(fleet, bills);
    }

    private static Bill running(Fleet fleet, List<Bill> bills) {
        var period = YearMonth.from(fleet.now().atZone(ZoneOffset.UTC));
        return bills.stream()
                .filter(bill ->
                        bill.account().equals(Accounts.ACME) && bill.period().equals(period))
                .findFirst()
                .orElseGet(() -> new Bill(Accounts.ACME, period, "USD", 0, 0, 0, Map.of()));
    }

    private static Map<ExperimentKey, Map<Cell, Long>> counts(Tally tally) {
        var counts = new TreeMap<ExperimentKey, Map<Cell, Long>>(Comparator.comparing(ExperimentKey::toString));
        tally.slots()
                .forEach((slot, count) -> counts.computeIfAbsent(slot.experimentKey(), key -> new TreeMap<>(Cell.ORDER))
                        .merge(slot.cell(), count, Math::addExact));
        return counts;
    }

    private static List<Bill> bills(Fleet fleet, TrafficGenerator traffic, Tally tally) {
        var bills = new ArrayList<Bill>();
        for (var plan : new Accounts(fleet.now()).plans(traffic.events())) {
            var usage = new Usage(fleet, plan);
            tally.slots().forEach(usage::add);
            var cashier = new Cashier(plan);
            for (var period : usage.periods()) {
                bills.add(cashier.bill(period, usage.impressions(period), usage.leftovers(period)));
            }
        }
        return List.copyOf(bills);
    }

    private static Optional<ExpectedAlert> cleanupAlert(FleetMember member) {
        return switch (member.role()) {
            case LEFTOVER -> alert(member, CleanupKind.LEFTOVER_ROLLOUT, AlertStatus.OPEN);
            case OLD_LEFTOVER -> alert(member, CleanupKind.LEFTOVER_ROLLOUT, AlertStatus.ESCALATED);
            case CLEANED -> alert(member, CleanupKind.LEFTOVER_ROLLOUT, AlertStatus.RESOLVED);
            case ZOMBIE -> alert(member, CleanupKind.ZOMBIE_TRAFFIC, AlertStatus.OPEN);
            case FRESH_ROLLOUT, FLAG, RUNNING -> Optional.empty();
        };
    }

    private static Optional<ExpectedAlert> alert(FleetMember member, CleanupKind kind, AlertStatus status) {
        return Optional.of(new ExpectedAlert(kind.name(), member.key().toString(), status, Optional.empty()));
    }
}
