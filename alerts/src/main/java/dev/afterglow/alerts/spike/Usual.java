package dev.afterglow.alerts.spike;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is usual at a time of the day.
 *
 * @param level impressions of a quarter-hour; 0 or more
 * @param deviation median absolute deviation of the earlier days from their median, not scaled; 0 or more
 * @param days how many earlier days it was made of
 */
public record Usual(long level, long deviation, int days) {

    private static final int NEWEST = 3;
    private static final int A_WEEK_BEFORE = 6;

    /**
     * Learns from earlier days.
     *
     * @param earlier impressions at the same time of earlier days, each 0 or more, yesterday first
     * @return empty when there are fewer than {@link SpikeRules#LEAST_DAYS}
     */
    public static Optional<Usual> of(List<Long> earlier) {
        int days = earlier.size();
        if (days < SpikeRules.LEAST_DAYS) {
            return Optional.empty();
        }
        long[] all = earlier.stream().mapToLong(Long::longValue).toArray();
        long median = median(all.clone());
        long newest = median(Arrays.copyOf(all, NEWEST));
        long weekBefore = days > A_WEEK_BEFORE ? all[A_WEEK_BEFORE] : 0;
        long deviation =
                median(Arrays.stream(all).map(value -> Math.abs(value - median)).toArray());
        return Optional.of(new Usual(Math.max(median, Math.max(newest, weekBefore)), deviation, days));
    }

    /** The middle one; of an even number the higher of the two, so that nothing is averaged. */
    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
