package dev.afterglow.streams.cost;

import dev.afterglow.alerts.forecast.DailySeries;
import dev.afterglow.alerts.forecast.ForecastMethod;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageDay;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Impressions of every account by the day of its own calendar, added up as usage comes: a forecast must not sum thousands
 * of experiments each time. What one message adds is written at its end, by {@link #flush}.
 */
final class AccountDays {

    private static final StringSerializer STRINGS = new StringSerializer();

    private final KeyValueStore<String, Long> days;
    private final KeyValueStore<String, UsageDay> record;
    private final Map<String, Long> pending = new HashMap<>();
    private final Set<String> complete = new HashSet<>();

    /**
     * @param days the sums, by account and day
     * @param record what every experiment used, from which the sums can be made anew
     */
    AccountDays(KeyValueStore<String, Long> days, KeyValueStore<String, UsageDay> record) {
        this.days = days;
        this.record = record;
    }

    /** Adds a change, before it is booked in the record. */
    void add(ExperimentUsage usage, PlanHistory plans) {
        completeFromRecord(usage.getAccount(), plans);
        usage.getQuarters()
                .forEach(quarter -> add(usage.getAccount(), plans, quarter.getQuarter(), quarter.getImpressions()));
    }

    /** Writes what was added. */
    void flush() {
        pending.forEach((key, more) -> {
            Long before = days.get(key);
            days.put(key, before == null ? more : Math.addExact(before, more));
        });
        pending.clear();
    }

    /** Makes the sums of an account anew; what changes is the zone of its days. */
    void rebuild(String account, PlanHistory plans) {
        flush();
        var stale = new ArrayList<String>();
        try (var sums = days.prefixScan(account + '/', STRINGS)) {
            sums.forEachRemaining(sum -> stale.add(sum.key));
        }
        stale.forEach(days::delete);
        try (var rows = record.prefixScan(account + '/', STRINGS)) {
            rows.forEachRemaining(row -> addDay(DayKey.parse(row.key), row.value, plans));
        }
        flush();
    }

    /** The days up to one: those of a month, and those before it that its forecast looks at. */
    DailySeries upTo(String account, YearMonth month, LocalDate end) {
        var byDay = new TreeMap<LocalDate, Long>();
        var from = month.atDay(1).minusDays(ForecastMethod.MOST_DAYS);
        try (var sums = days.range(key(account, from), key(account, month.atEndOfMonth()))) {
            sums.forEachRemaining(
                    sum -> byDay.put(LocalDate.parse(sum.key.substring(account.length() + 1)), sum.value));
        }
        return DailySeries.of(byDay, end);
    }

    /** An earlier release kept the record only. */
    private void completeFromRecord(String account, PlanHistory plans) {
        if (!complete.add(account)) {
            return;
        }
        boolean known = pending.keySet().stream().anyMatch(key -> key.startsWith(account + '/'));
        try (var sums = days.prefixScan(account + '/', STRINGS)) {
            known |= sums.hasNext();
        }
        if (!known) {
            rebuild(account, plans);
        }
    }

    private void addDay(DayKey day, UsageDay used, PlanHistory plans) {
        for (int i = 0; i < Quarters.PER_DAY; i++) {
            long impressions = used.getImpressions().get(i);
            if (impressions != 0) {
                add(day.account(), plans, day.quarter(i), impressions);
            }
        }
    }

    private void add(String account, PlanHistory plans, Instant quarter, long impressions) {
        var day = LocalDate.ofInstant(quarter, plans.zoneAt(quarter));
        pending.merge(key(account, day), impressions, Math::addExact);
    }

    private static String key(String account, LocalDate day) {
        return account + '/' + day;
    }
}
