package dev.afterglow.streams.demo;

import dev.afterglow.contract.PricePlan;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The impressions of one account by month, the leftovers among them apart. */
final class Usage {

    private final String account;
    private final ZoneId zone;
    private final Map<ExperimentKey, FleetMember> members;
    private final Map<YearMonth, Map<ExperimentKey, Long>> impressions = new TreeMap<>();
    private final Map<YearMonth, Map<ExperimentKey, Long>> leftovers = new HashMap<>();

    Usage(Fleet fleet, PricePlan plan) {
        this.account = plan.getAccount();
        this.zone = ZoneId.of(plan.getZone());
        this.members = fleet.members().stream().collect(Collectors.toMap(FleetMember::key, member -> member));
    }

    /** Adds a quarter-hour; those of other accounts' projects are left alone. */
    void add(Tally.Slot slot, long count) {
        if (!account.equals(Accounts.OF_PROJECT.get(slot.project()))) {
            return;
        }
        var key = slot.experimentKey();
        var quarter = Instant.ofEpochMilli(slot.quarter() * Tally.QUARTER_MILLIS);
        var period = YearMonth.from(quarter.atZone(zone));
        add(impressions, period, key, count);
        if (members.get(key)
                .leftoverFrom()
                .filter(from -> !quarter.isBefore(from))
                .isPresent()) {
            add(leftovers, period, key, count);
        }
    }

    Set<YearMonth> periods() {
        return Set.copyOf(impressions.keySet());
    }

    Map<ExperimentKey, Long> impressions(YearMonth period) {
        return impressions.getOrDefault(period, Map.of());
    }

    Map<ExperimentKey, Long> leftovers(YearMonth period) {
        return leftovers.getOrDefault(period, Map.of());
    }

    private static void add(
            Map<YearMonth, Map<ExperimentKey, Long>> counts, YearMonth period, ExperimentKey key, long count) {
        counts.computeIfAbsent(period, any -> new HashMap<>()).merge(key, count, Math::addExact);
    }
}
