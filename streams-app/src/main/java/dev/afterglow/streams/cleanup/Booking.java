package dev.afterglow.streams.cleanup;

import dev.afterglow.state.HourTraffic;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to be told to accounts when the traffic of hours, or how it is billed, has changed: the difference between
 * how an hour was booked and how it is booked now.
 */
final class Booking {

    private final Map<String, TreeMap<Instant, long[]>> byAccount = new HashMap<>();
    private boolean tellAll;

    /** Takes in one hour; before may be null. */
    void change(Instant hour, HourTraffic before, HourTraffic after) {
        add(hour, before, -1);
        add(hour, after, 1);
    }

    /** Has every account told that was ever billed: there is other news than differences. */
    void tellAll() {
        tellAll = true;
    }

    /**
     * The differences by account, in the order of their times; accounts for which nothing changed are left out, unless
     * {@link #tellAll all} are to be told.
     */
    Map<String, List<UsageQuarter>> differences() {
        var differences = new TreeMap<String, List<UsageQuarter>>();
        byAccount.forEach((account, quarters) -> {
            var changed = new ArrayList<UsageQuarter>();
            quarters.forEach((quarter, change) -> {
                if (change[0] != 0 || change[1] != 0) {
                    changed.add(new UsageQuarter(quarter, change[0], change[1]));
                }
            });
            if (tellAll || !changed.isEmpty()) {
                differences.put(account, changed);
            }
        });
        return differences;
    }

    private void add(Instant hour, HourTraffic traffic, int sign) {
        if (traffic == null) {
            return;
        }
        var quarters = byAccount.computeIfAbsent(traffic.getAccount(), account -> new TreeMap<>());
        for (int i = 0; i < Quarters.PER_HOUR; i++) {
            long sum = sign * BookedTraffic.quarterSum(traffic, i);
            boolean leftover = (traffic.getLeftoverQuarters() & 1 << i) != 0;
            var change = quarters.computeIfAbsent(hour.plusMillis(i * Quarters.MILLIS), quarter -> new long[2]);
            change[0] = Math.addExact(change[0], sum);
            change[1] = Math.addExact(change[1], leftover ? sum : 0);
        }
    }
}
