package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Impressions of accounts by the UTC hour, added up for who asks for stretches of them often. For one thread.
 *
 * <p>A quarter-hour is taken to have a fourth of its hour, rounded so that the four are the whole.
 */
public final class AccountHours {

    private static final long QUARTERS = 4;
    private static final int MOST_HOURS = 31 * 24;

    private final Map<String, Map<YearMonth, long[]>> accounts = new HashMap<>();

    /**
     * Adds impressions.
     *
     * @param hour a full UTC hour
     */
    public void add(String account, Instant hour, long count) {
        var hours = accounts.computeIfAbsent(account, first -> new HashMap<>())
                .computeIfAbsent(monthOf(hour), first -> new long[MOST_HOURS]);
        int index = index(hour);
        hours[index] = Math.addExact(hours[index], count);
    }

    /**
     * Impressions of an account.
     *
     * @param from start, a full quarter-hour, inclusive
     * @param to end, a full quarter-hour, exclusive; nothing when it is not after the start
     */
    public long impressions(String account, Instant from, Instant to) {
        var months = accounts.get(account);
        if (months == null || !from.isBefore(to)) {
            return 0;
        }
        return Math.addExact(
                wholeHours(months, UtcGrid.floorHour(from), UtcGrid.floorHour(to)),
                begun(months, to) - begun(months, from));
    }

    /** {@link AccountBooks#firstUse}, without adding anything up. */
    public Instant firstUse(String account, Instant from, Instant to) {
        var months = accounts.get(account);
        var at = months == null ? to : from;
        while (at.isBefore(to)) {
            var month = monthOf(at);
            var hours = months.get(month);
            var end = earliest(startOf(month.plusMonths(1)), to);
            if (hours != null) {
                int first = index(at);
                int count = (int) Duration.between(at, end).toHours();
                for (int i = 0; i < count; i++) {
                    if (hours[first + i] != 0) {
                        return at.plus(Duration.ofHours(i));
                    }
                }
            }
            at = end;
        }
        return to;
    }

    private static long wholeHours(Map<YearMonth, long[]> months, Instant from, Instant to) {
        long sum = 0;
        var last = monthOf(to);
        for (var month = monthOf(from); !month.isAfter(last); month = month.plusMonths(1)) {
            var hours = months.get(month);
            if (hours != null) {
                int end = month.equals(last) ? index(to) : MOST_HOURS;
                for (int i = month.equals(monthOf(from)) ? index(from) : 0; i < end; i++) {
                    sum = Math.addExact(sum, hours[i]);
                }
            }
        }
        return sum;
    }

    /** What came in the hour of an instant before it. */
    private static long begun(Map<YearMonth, long[]> months, Instant at) {
        var hour = UtcGrid.floorHour(at);
        long quarters = (at.toEpochMilli() - hour.toEpochMilli()) / UtcGrid.QUARTER.toMillis();
        var hours = quarters == 0 ? null : months.get(monthOf(hour));
        return hours == null
                ? 0
                : hours[index(hour)] / QUARTERS * quarters + hours[index(hour)] % QUARTERS * quarters / QUARTERS;
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static YearMonth monthOf(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private static int index(Instant hour) {
        var at = hour.atOffset(ZoneOffset.UTC);
        return (at.getDayOfMonth() - 1) * 24 + at.getHour();
    }
}
