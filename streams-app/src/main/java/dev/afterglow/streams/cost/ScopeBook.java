package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.ScopeDay;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.flow.Quarters;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What accounts used as a whole, and each of their projects and teams, by the quarter-hour: added up from what experiments
 * used, since nobody could add up thousands of them every quarter-hour.
 */
final class ScopeBook {

    private static final StringSerializer STRINGS = new StringSerializer();

    private final KeyValueStore<String, ScopeDay> days;
    private final UsageBook book;
    private final UnaryOperator<String> teams;
    private final Set<String> known = new HashSet<>();

    /**
     * @param book what experiments used
     * @param teams team of an experiment identity; null when it has none
     */
    ScopeBook(KeyValueStore<String, ScopeDay> days, UsageBook book, UnaryOperator<String> teams) {
        this.days = days;
        this.book = book;
        this.teams = teams;
    }

    static String account(String account) {
        return account + "/account";
    }

    static String project(String account, String project) {
        return account + "/project/" + project;
    }

    static String team(String account, String team) {
        return account + "/team/" + ExperimentKey.encode(team);
    }

    /** To be called before usage of an account is booked: adds up what was booked before there was this book. */
    void open(String account) {
        if (known.add(account) && !hasAny(account)) {
            var changes = new Changes();
            book.forEachDay(account, (day, usage) -> {
                String team = teams.apply(day.experiment().toString());
                scopesOf(account, day.experiment().project(), team)
                        .forEach(scope -> changes.add(scope, day.day(), usage, 1));
                if (changes.isLarge()) {
                    changes.apply();
                }
            });
            changes.apply();
        }
    }

    /** Adds usage of any experiments. */
    void add(List<ExperimentUsage> usages) {
        var changes = new Changes();
        for (ExperimentUsage usage : usages) {
            for (UsageQuarter quarter : usage.getQuarters()) {
                var day = Quarters.dayOf(quarter.getQuarter());
                int index = Quarters.inDay(quarter.getQuarter());
                scopesOf(usage.getAccount(), usage.getProject(), usage.getTeam())
                        .forEach(scope -> changes.add(scope, day, index, quarter.getImpressions()));
            }
        }
        changes.apply();
    }

    /** All that an experiment has used belongs to another team from now on, as its cost does. */
    void move(String account, ExperimentKey experiment, String from, String to) {
        var changes = new Changes();
        book.forEachDay(account, experiment, (day, usage) -> {
            if (from != null) {
                changes.add(team(account, from), day.day(), usage, -1);
            }
            if (to != null) {
                changes.add(team(account, to), day.day(), usage, 1);
            }
        });
        changes.apply();
    }

    /** What a scope used in a period. */
    PeriodUsage usage(String scope, PeriodPricing pricing) {
        return new PeriodUsage(pricing, quarters(scope, pricing.start(), PeriodUsage.quartersOf(pricing)));
    }

    /** Impressions of some quarter-hours in a row. */
    long[] quarters(String scope, Instant from, int count) {
        long[] quarters = new long[count];
        var last = from.plusMillis((count - 1) * Quarters.MILLIS);
        try (var rows = days.range(key(scope, from), key(scope, last))) {
            rows.forEachRemaining(row -> {
                var day = DayKey.dayOf(row.key);
                int first = (int) (Duration.between(from, day).toMillis() / Quarters.MILLIS);
                for (int i = Math.max(0, -first); i < Quarters.PER_DAY && first + i < count; i++) {
                    quarters[first + i] = row.value.getImpressions().get(i);
                }
            });
        }
        return quarters;
    }

    private boolean hasAny(String account) {
        try (var rows = days.prefixScan(account(account), STRINGS)) {
            return rows.hasNext();
        }
    }

    private static List<String> scopesOf(String account, String project, String team) {
        return team == null
                ? List.of(account(account), project(account, project))
                : List.of(account(account), project(account, project), team(account, team));
    }

    private static String key(String scope, Instant instant) {
        return scope + '/' + LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Changes by row, so that a row is written once. */
    private final class Changes {
        private static final int LARGE = 1_000;

        private final Map<String, long[]> rows = new TreeMap<>();

        void add(String scope, Instant day, UsageDay usage, int sign) {
            for (int i = 0; i < Quarters.PER_DAY; i++) {
                add(scope, day, i, sign * usage.getImpressions().get(i));
            }
        }

        void add(String scope, Instant day, int quarter, long more) {
            long[] sums = rows.computeIfAbsent(key(scope, day), key -> new long[Quarters.PER_DAY]);
            sums[quarter] = Math.addExact(sums[quarter], more);
        }

        boolean isLarge() {
            return rows.size() >= LARGE;
        }

        void apply() {
            rows.forEach((key, more) -> {
                if (Arrays.stream(more).anyMatch(count -> count != 0)) {
                    days.put(key, plus(days.get(key), more));
                }
            });
            rows.clear();
        }

        private ScopeDay plus(ScopeDay before, long[] more) {
            List<Long> counts = before == null ? Collections.nCopies(Quarters.PER_DAY, 0L) : before.getImpressions();
            var sums = new Long[Quarters.PER_DAY];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Math.addExact(counts.get(i), more[i]);
            }
            return new ScopeDay(List.of(sums));
        }
    }
}
