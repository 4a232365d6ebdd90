package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What every experiment used of its account: by the quarter-hour for the record, and added up by period and segment of
 * the price plan for the bill. The sums are made anew from the record when the plan changes, its zone included.
 */
final class UsageBook {

    private static final StringSerializer STRINGS = new StringSerializer();

    private final KeyValueStore<String, UsageDay> days;
    private final KeyValueStore<String, UsageTotal> totals;
    private final Counted counted;

    /** Is told what a quarter-hour has come to when it has grown. */
    interface Counted {
        void accept(DayKey day, Instant quarter, long impressions);
    }

    UsageBook(KeyValueStore<String, UsageDay> days, KeyValueStore<String, UsageTotal> totals) {
        this(days, totals, (day, quarter, impressions) -> {});
    }

    UsageBook(KeyValueStore<String, UsageDay> days, KeyValueStore<String, UsageTotal> totals, Counted counted) {
        this.days = days;
        this.totals = totals;
        this.counted = counted;
    }

    /** Books a change; gives the periods that it touched. */
    List<PeriodKey> book(ExperimentUsage usage, PlanHistory plans) {
        var experiment = new ExperimentKey(usage.getProject(), usage.getEnvironment(), usage.getExperiment());
        var pricings = new HashMap<YearMonth, PeriodPricing>();
        var changes = new TreeMap<PeriodKey, Sums>();
        var byDay = new TreeMap<Instant, List<UsageQuarter>>();
        for (UsageQuarter quarter : usage.getQuarters()) {
            byDay.computeIfAbsent(Quarters.dayOf(quarter.getQuarter()), day -> new ArrayList<>())
                    .add(quarter);
            add(
                    changes,
                    usage.getAccount(),
                    plans,
                    pricings,
                    quarter.getQuarter(),
                    quarter.getImpressions(),
                    quarter.getLeftover());
        }
        byDay.forEach((day, more) -> bookDay(new DayKey(usage.getAccount(), experiment, day), more));
        changes.forEach((period, sums) -> {
            String key = period.rowOf(experiment);
            var before = totals.get(key);
            var merged = before == null ? sums : sums.plus(before);
            totals.put(key, merged.toTotal(before == null ? null : before.getPublished()));
        });
        return List.copyOf(changes.keySet());
    }

    /** Makes the sums of an account anew; gives every period that had or has some. */
    List<PeriodKey> rebuild(String account, PlanHistory plans) {
        var pricings = new HashMap<YearMonth, PeriodPricing>();
        var fresh = new HashMap<String, Sums>();
        forEachDay(account, (day, usage) -> {
            var changes = new TreeMap<PeriodKey, Sums>();
            for (int i = 0; i < Quarters.PER_DAY; i++) {
                long impressions = usage.getImpressions().get(i);
                long leftover = usage.getLeftover().get(i);
                if (impressions != 0 || leftover != 0) {
                    add(changes, account, plans, pricings, day.quarter(i), impressions, leftover);
                }
            }
            changes.forEach((period, sums) -> fresh.computeIfAbsent(period.rowOf(day.experiment()), key -> new Sums())
                    .addAll(sums));
        });
        var periods = new TreeMap<PeriodKey, Boolean>();
        var stale = new TreeMap<String, UsageTotal>();
        forEachTotal(account + '/', stale::put);
        stale.forEach((key, total) -> {
            var sums = fresh.getOrDefault(key, new Sums());
            totals.put(key, sums.toTotal(total.getPublished()));
            periods.put(PeriodKey.ofRow(key), true);
        });
        fresh.forEach((key, sums) -> {
            if (!stale.containsKey(key)) {
                totals.put(key, sums.toTotal(null));
                periods.put(PeriodKey.ofRow(key), true);
            }
        });
        return List.copyOf(periods.keySet());
    }

    /** Goes through all that an account used. */
    void forEachDay(String account, BiConsumer<DayKey, UsageDay> action) {
        forEachDayOf(account + '/', action);
    }

    /** Goes through all that an experiment used of an account. */
    void forEachDay(String account, ExperimentKey experiment, BiConsumer<DayKey, UsageDay> action) {
        forEachDayOf(account + '/' + experiment + '/', action);
    }

    /** Goes through what an experiment used in the days of two instants and between, in the order of time. */
    void forEachDay(
            String account,
            ExperimentKey experiment,
            Instant first,
            Instant last,
            BiConsumer<Instant, UsageDay> action) {
        var from = new DayKey(account, experiment, first).toString();
        try (var rows = days.range(from, new DayKey(account, experiment, last).toString())) {
            rows.forEachRemaining(row -> action.accept(DayKey.dayOf(row.key), row.value));
        }
    }

    /** What an experiment used in the days of two instants and between. */
    UsageDays days(String account, ExperimentKey experiment, Instant first, Instant last) {
        var found = new UsageDays();
        forEachDay(account, experiment, first, last, found::add);
        return found;
    }

    private void forEachDayOf(String prefix, BiConsumer<DayKey, UsageDay> action) {
        try (var rows = days.prefixScan(prefix, STRINGS)) {
            rows.forEachRemaining(row -> action.accept(DayKey.parse(row.key), row.value));
        }
    }

    /** The periods of an account in which an experiment used something. */
    List<PeriodKey> periodsOf(String account, ExperimentKey experiment) {
        var periods = new ArrayList<PeriodKey>();
        forEachTotal(account + '/', (key, total) -> {
            var period = PeriodKey.ofRow(key);
            if (key.equals(period.rowOf(experiment))) {
                periods.add(period);
            }
        });
        return periods;
    }

    /** The sums of a period by experiment identity, in its order. */
    Map<String, UsageTotal> of(PeriodKey period) {
        var rows = new TreeMap<String, UsageTotal>();
        forEachTotal(
                period.prefix(),
                (key, total) -> rows.put(key.substring(period.prefix().length()), total));
        return rows;
    }

    /** Remembers what was published of a share. */
    void published(PeriodKey period, String experiment, UsageTotal total, ExperimentCost share) {
        totals.put(period.prefix() + experiment, new UsageTotal(total.getImpressions(), total.getLeftover(), share));
    }

    private void forEachTotal(String prefix, BiConsumer<String, UsageTotal> action) {
        try (var rows = totals.prefixScan(prefix, STRINGS)) {
            rows.forEachRemaining(row -> action.accept(row.key, row.value));
        }
    }

    private void bookDay(DayKey day, List<UsageQuarter> changes) {
        var key = day.toString();
        var before = days.get(key);
        var impressions = copyOf(before == null ? null : before.getImpressions());
        var leftover = copyOf(before == null ? null : before.getLeftover());
        for (UsageQuarter change : changes) {
            int quarter = Quarters.inDay(change.getQuarter());
            impressions.set(quarter, Math.addExact(impressions.get(quarter), change.getImpressions()));
            leftover.set(quarter, Math.addExact(leftover.get(quarter), change.getLeftover()));
        }
        days.put(key, new UsageDay(impressions, leftover));
        for (UsageQuarter change : changes) {
            if (change.getImpressions() > 0) {
                counted.accept(day, change.getQuarter(), impressions.get(Quarters.inDay(change.getQuarter())));
            }
        }
    }

    private static List<Long> copyOf(List<Long> quarters) {
        return new ArrayList<>(quarters == null ? Collections.nCopies(Quarters.PER_DAY, 0L) : quarters);
    }

    private static void add(
            Map<PeriodKey, Sums> changes,
            String account,
            PlanHistory plans,
            Map<YearMonth, PeriodPricing> pricings,
            Instant quarter,
            long impressions,
            long leftover) {
        var month = plans.periodOf(quarter).month();
        int segment = pricings.computeIfAbsent(month, plans::pricing).segmentOf(quarter);
        changes.computeIfAbsent(new PeriodKey(account, month), key -> new Sums())
                .add(segment, impressions, leftover);
    }

    /** Impressions and leftovers by segment. */
    private static final class Sums {
        private final TreeMap<Integer, Long> impressions = new TreeMap<>();
        private final TreeMap<Integer, Long> leftover = new TreeMap<>();

        void add(int segment, long more, long moreLeftover) {
            impressions.merge(segment, more, Math::addExact);
            leftover.merge(segment, moreLeftover, Math::addExact);
        }

        void addAll(Sums other) {
            other.impressions.forEach((segment, more) -> impressions.merge(segment, more, Math::addExact));
            other.leftover.forEach((segment, more) -> leftover.merge(segment, more, Math::addExact));
        }

        Sums plus(UsageTotal total) {
            for (int i = 0; i < total.getImpressions().size(); i++) {
                add(i, total.getImpressions().get(i), total.getLeftover().get(i));
            }
            return this;
        }

        UsageTotal toTotal(ExperimentCost published) {
            return new UsageTotal(values(impressions), values(leftover), published);
        }

        private static List<Long> values(TreeMap<Integer, Long> bySegment) {
            int size = bySegment.isEmpty() ? 0 : bySegment.lastKey() + 1;
            var values = new ArrayList<>(Collections.nCopies(size, 0L));
            bySegment.forEach(values::set);
            return values;
        }
    }
}
