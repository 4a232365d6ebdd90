package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.PricePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Price plans and traffic of accounts that a test sets. */
public final class FakeBooks implements AccountBooks {

    private final Map<String, PlanHistory> plans = new HashMap<>();
    private final Map<String, TreeMap<Instant, Long>> quarters = new HashMap<>();

    /** An account with these versions of its plan, whatever account they name. */
    public FakeBooks plan(String account, PricePlan... versions) {
        plans.put(account, PlanHistory.of(List.of(versions)));
        return this;
    }

    /** Impressions of an account in a quarter-hour. */
    public FakeBooks add(String account, Instant quarter, long count) {
        quarters.computeIfAbsent(account, first -> new TreeMap<>()).merge(quarter, count, Long::sum);
        return this;
    }

    /** So many impressions in the first quarter-hour of each hour. */
    public FakeBooks hourly(String account, Instant from, Instant to, long count) {
        for (var hour = UtcGrid.ceilHour(from); hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
            add(account, hour, count);
        }
        return this;
    }

    @Override
    public PlanHistory plans(String account) {
        return plans.getOrDefault(account, AccountBooks.EMPTY.plans(account));
    }

    @Override
    public long impressions(String account, Instant from, Instant to) {
        return from.isBefore(to)
                ? quarters.getOrDefault(account, new TreeMap<>()).subMap(from, to).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                : 0;
    }
}
