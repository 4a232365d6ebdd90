package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/**
 * How the impressions of one account and month are priced: the segments of the month, in order of time.
 *
 * <p>Impressions are given by segment, in arrays or lists whose index is that of the segment.
 */
public final class PeriodPricing {

    /** ISO 4217 code for "no currency": an account without a price plan. */
    public static final String NO_CURRENCY = "XXX";

    private final YearMonth month;
    private final ZoneId zone;
    private final List<PricingSegment> segments;

    PeriodPricing(YearMonth month, ZoneId zone, List<PricingSegment> segments) {
        this.month = month;
        this.zone = zone;
        this.segments = List.copyOf(segments);
    }

    /** The month; its text is {@code YYYY-MM}. */
    public YearMonth month() {
        return month;
    }

    /** Zone in which the month ends. */
    public ZoneId zone() {
        return zone;
    }

    /** First instant of the period. */
    public Instant start() {
        return segments.get(0).start();
    }

    /** First instant after the period. */
    public Instant end() {
        return segments.get(segments.size() - 1).end();
    }

    /** The segments, one at least, in order of time. */
    public List<PricingSegment> segments() {
        return segments;
    }

    /** Currency of the period; {@link #NO_CURRENCY} when no impression of it can be priced. */
    public String currency() {
        return segments.stream()
                .flatMap(segment -> segment.schedule().stream())
                .map(PriceSchedule::currency)
                .findFirst()
                .orElse(NO_CURRENCY);
    }

    /** Whether the quarter-hour of an instant belongs to the period. */
    boolean contains(Instant instant) {
        var quarter = UtcGrid.floorQuarter(instant);
        return segments.stream().anyMatch(segment -> segment.contains(quarter));
    }

    /**
     * Index of the segment of a quarter-hour.
     *
     * @param instant any instant of the quarter-hour
     * @throws IllegalArgumentException when the quarter-hour lies in another period
     */
    public int segmentOf(Instant instant) {
        var quarter = UtcGrid.floorQuarter(instant);
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).contains(quarter)) {
                return i;
            }
        }
        throw new IllegalArgumentException(instant + " lies outside of " + month + " in " + zone);
    }

    /**
     * Exact cost of a period: the sum over the segments of {@code C(N) - C(N before)}, where C is the price of the segment's
     * plan and N the priced impressions up to its end.
     *
     * @param impressions impressions by segment; each 0 or more
     * @throws ArithmeticException when the impressions do not fit 64 bits
     */
    public ExactMicros cost(long[] impressions) {
        var cost = ExactMicros.ZERO;
        long position = 0;
        for (int i = 0; i < impressions.length; i++) {
            var schedule = segments.get(i).schedule();
            if (schedule.isPresent()) {
                long next = Counts.plus(position, impressions[i]);
                cost = cost.plus(schedule.get().cost(position, next));
                position = next;
            }
        }
        return cost;
    }

    /**
     * Price of the next impression in a segment.
     *
     * @param impressions impressions by segment; those of later segments are not looked at
     */
    MarginalPrice marginalAt(int segment, long[] impressions) {
        return at(segment, position(segment, impressions));
    }

    /** Price of the last impression in a segment; that of the first where there is none. */
    MarginalPrice lastPrice(int segment, long[] impressions) {
        return at(segment, Math.max(0, position(segment, impressions) - 1));
    }

    private MarginalPrice at(int segment, long position) {
        return segments.get(segment)
                .schedule()
                .map(schedule -> schedule.marginalAt(position))
                .orElse(MarginalPrice.FREE);
    }

    /** Priced impressions up to the end of a segment. */
    private long position(int segment, long[] impressions) {
        long position = 0;
        for (int i = 0; i <= segment; i++) {
            position = isPriced(i) ? Counts.plus(position, impressions[i]) : position;
        }
        return position;
    }

    boolean isPriced(int segment) {
        return segments.get(segment).schedule().isPresent();
    }
}
