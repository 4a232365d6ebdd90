package dev.afterglow.streams.impressions;

import dev.afterglow.state.SealedHours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Hours as a few ranges. Backfill may fill years that were never counted between hours that were, so that one bound
 * would not do; and every hour by itself would be too many. Hours less than a week apart go into one range, and of more
 * than 64 ranges the two nearest become one: an hour may then be taken for sealed that is not, and is reported; no
 * sealed hour is ever taken for a new one.
 */
final class HourRanges {

    private static final int MOST = 64;
    private static final long WEEK = 7 * 24;
    private static final long MILLIS = 3_600_000L;

    private HourRanges() {}

    /** Whether an hour lies in one of the ranges; null stands for none of them. */
    static boolean contains(SealedHours sealed, Instant hour) {
        if (sealed == null) {
            return false;
        }
        long number = number(hour);
        var bounds = sealed.getBounds();
        for (int i = 0; i < bounds.size(); i += 2) {
            if (number >= bounds.get(i) && number < bounds.get(i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** The ranges and one more hour. */
    static SealedHours with(SealedHours sealed, Instant hour) {
        long number = number(hour);
        var bounds = new ArrayList<Long>(sealed == null ? List.of() : sealed.getBounds());
        int at = 0;
        while (at < bounds.size() && bounds.get(at) <= number) {
            at += 2;
        }
        bounds.add(at, number);
        bounds.add(at + 1, number + 1);
        joinNear(bounds);
        while (bounds.size() > 2 * MOST) {
            join(bounds, nearest(bounds));
        }
        return new SealedHours(List.copyOf(bounds));
    }

    private static void joinNear(List<Long> bounds) {
        for (int gap = bounds.size() - 3; gap > 0; gap -= 2) {
            if (bounds.get(gap + 1) - bounds.get(gap) < WEEK) {
                join(bounds, gap);
            }
        }
    }

    /** Takes out the gap that begins with a bound. */
    private static void join(List<Long> bounds, int gap) {
        long end = Math.max(bounds.get(gap), bounds.get(gap + 2));
        bounds.remove(gap);
        bounds.remove(gap);
        bounds.set(gap, end);
    }

    private static int nearest(List<Long> bounds) {
        int nearest = 1;
        for (int gap = 3; gap < bounds.size() - 1; gap += 2) {
            if (width(bounds, gap) < width(bounds, nearest)) {
                nearest = gap;
            }
        }
        return nearest;
    }

    private static long width(List<Long> bounds, int gap) {
        return bounds.get(gap + 1) - bounds.get(gap);
    }

    private static long number(Instant hour) {
        return Math.floorDiv(hour.toEpochMilli(), MILLIS);
    }
}
