package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * How the impressions of one account and month are priced: the segments of the month, in order of time.
 *
 * <p>Impressions are given by segment, in arrays or lists whose index is that of the segment.
 *
 * <p><b>Fee and minimum.</b> What is owed is
 *
 * <pre>
 * max(usage + fee, minimum)
 * usage = the sum over the segments of C(N) - C(N before)
 * fee = the sum over the segments of the plan's fee * length of the segment / length of the period; minimum likewise
 * </pre>
 *
 * where C is the price of the segment's plan and N the priced impressions up to its end. Both are of the whole period from its
 * start on, used or not, so that a bill does not depend on when it is made. By time they are shares of what each plan asks for
 * a whole period: an account that moves to another plan on the 16th of a month of 30 days pays half of either fee; the same
 * prices announced in however many versions cost the same; and since neither depends on impressions, what is owed never falls
 * with the volume where the usage does not. (The plan at the period's end would have charged its whole fee for a day.) The time
 * before the first plan, or in another currency, has no fee. The minimum is compared once, for the period as a whole: a plan
 * that was little used for a part of it is made up for by the rest.
 */
public final class PeriodPricing {

    /** ISO 4217 code for "no currency": an account without a price plan. */
    public static final String NO_CURRENCY = "XXX";

    private final YearMonth month;
    private final ZoneId zone;
    private final List<PricingSegment> segments;
    private final PeriodCharges charges;

    PeriodPricing(YearMonth month, ZoneId zone, List<PricingSegment> segments) {
        this(month, zone, List.copyOf(segments), PeriodCharges.of(segments));
    }

    private PeriodPricing(YearMonth month, ZoneId zone, List<PricingSegment> segments, PeriodCharges charges) {
        this.month = month;
        this.zone = zone;
        this.segments = segments;
        this.charges = charges;
    }

    /**
     * The same prices without fee and minimum, for a part of an account: it has no part in them that would not jump about in
     * the first hours of a period, when next to nothing has been used.
     */
    public PeriodPricing usageOnly() {
        return hasCharges() ? new PeriodPricing(month, zone, segments, PeriodCharges.NONE) : this;
    }

    /** Whether a fee or a minimum bears on the period. */
    boolean hasCharges() {
        return !charges.isNone();
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
     * Exact cost of a period, fee and minimum included.
     *
     * @param impressions impressions by segment; each 0 or more
     * @throws ArithmeticException when the impressions do not fit 64 bits
     */
    public ExactMicros cost(long[] impressions) {
        return charges.owed(usage(impressions));
    }

    /**
     * What the impressions add to the bill: their exact cost less that of a period without any. No fee is in it, and what the
     * minimum covers costs nothing, as what is included in the plan does.
     *
     * @param impressions impressions by segment; each 0 or more
     * @throws ArithmeticException when the impressions do not fit 64 bits
     */
    public ExactMicros added(long[] impressions) {
        return beyondMinimum(ExactMicros.ZERO, usage(impressions));
    }

    /**
     * What is left of the cost of further impressions when the minimum has covered its part.
     *
     * @param used cost of the impressions before them, without fee and minimum
     * @param more cost of the further ones, likewise
     */
    public ExactMicros beyondMinimum(ExactMicros used, ExactMicros more) {
        return hasCharges() ? more.less(charges.left(used)) : more;
    }

    /**
     * Exact cost of the impressions by their tiers, without fee and minimum.
     *
     * @param impressions impressions by segment; each 0 or more
     * @throws ArithmeticException when the impressions do not fit 64 bits
     */
    public ExactMicros usage(long[] impressions) {
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
     * Price of the next impression in a segment; nothing while it is covered by the minimum.
     *
     * @param impressions impressions by segment; those of later segments are not looked at
     */
    MarginalPrice marginalAt(int segment, long[] impressions) {
        long position = position(segment, impressions);
        return hasCharges() && isCovered(segment, position, impressions) ? MarginalPrice.FREE : at(segment, position);
    }

    private boolean isCovered(int segment, long position, long[] impressions) {
        var left = charges.left(usage(Arrays.copyOf(impressions, segment + 1)));
        long next = position == Long.MAX_VALUE ? position : position + 1;
        return !left.isZero()
                && segments.get(segment)
                        .schedule()
                        .map(schedule -> schedule.cost(position, next).compareTo(left) <= 0)
                        .orElse(true);
    }

    /** Price of the last impression in a segment, minimum aside; that of the first where there is none. */
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

    /**
     * Impressions that have a price.
     *
     * @param impressions impressions by segment; each 0 or more
     * @throws ArithmeticException when they do not fit 64 bits
     */
    long priced(long[] impressions) {
        return position(impressions.length - 1, impressions);
    }

    boolean isPriced(int segment) {
        return segments.get(segment).schedule().isPresent();
    }
}
