package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.util.List;

/**
 * What falls off when some experiments of an account are switched off together, until the end of a period, by the method of
 * {@link Projection}: each goes on at the rate of its last 7 days, the rest of the account at that of its own. With {@code e}
 * of theirs and {@code o} of others to come, and {@code s} of these of the part of the account that is asked about,
 *
 * <pre>
 * saving = cost(used + o + e) - cost(used + o)
 * part   = cost(used + o + e) * (used of the part + s + e) / (used + o + e)
 *        - cost(used + o)     * (used of the part + s)     / (used + o)
 * </pre>
 *
 * impressions counted where they have a price. The two are the same for the whole account; a part of it pays by its
 * impressions, so that others have something of what it saves.
 *
 * @param impressions impressions that are not made; 0 or more
 * @param savingMicros what the account pays less for the period; 0 up to what the rest of the period costs
 * @param partMicros what the part pays less; 0 or more
 */
public record SwitchOff(long impressions, long savingMicros, long partMicros) {

    /**
     * An experiment that is switched off.
     *
     * @param lastWeek its impressions in the last 7 days
     * @param impressions those of them since it is what it is
     * @param since since when it is: an instant of the last 7 days
     */
    public record Stopped(long lastWeek, long impressions, Instant since) {}

    /**
     * The part of an account that has to be paid out of a budget, the experiments that are switched off in it.
     *
     * @param impressions its impressions in the period so far
     * @param priced those of them that have a price
     * @param lastWeek its impressions in the last 7 days
     */
    public record Part(long impressions, long priced, long lastWeek) {}

    /**
     * Switches off at the end of a week.
     *
     * @param account what the account used in the period; nothing after the end of the week is looked at
     * @param ofPart prices by which the part pays: those of the account, or without its fee and minimum
     * @param week what it used in the last 7 days
     * @throws ArithmeticException when a figure does not fit 64 bits
     */
    public static SwitchOff of(
            PeriodUsage account, PeriodPricing ofPart, AccountWeek week, Part part, List<Stopped> stopped) {
        var pricing = account.pricing();
        var own = stopped.stream()
                .map(one -> new Rate(one.impressions(), quarters(one.since(), week.end())))
                .toList();
        long ownWeek = stopped.stream().mapToLong(Stopped::lastWeek).reduce(0, Counts::plus);
        var others = new Rate(Math.max(0, week.impressions() - ownWeek), week.length());
        var othersOfPart = new Rate(Math.max(0, part.lastWeek() - ownWeek), week.length());
        long[] without = account.bySegment(week.end());
        long[] with = without.clone();
        long impressions = 0;
        long pricedOwn = 0;
        long pricedPart = part.priced();
        for (int i = 0; i < with.length; i++) {
            long from = quarters(week.end(), pricing.segments().get(i).start());
            long to = quarters(week.end(), pricing.segments().get(i).end());
            long stops = own.stream().mapToLong(rate -> rate.between(from, to)).reduce(0, Counts::plus);
            without[i] = Counts.plus(without[i], others.between(from, to));
            with[i] = Counts.plus(without[i], stops);
            impressions = Counts.plus(impressions, stops);
            if (pricing.isPriced(i)) {
                pricedOwn = Counts.plus(pricedOwn, stops);
                pricedPart = Counts.plus(pricedPart, othersOfPart.between(from, to));
            }
        }
        var before = SharedCost.of(ofPart, with);
        var after = SharedCost.of(ofPart, without);
        return new SwitchOff(
                impressions,
                Math.max(0, pricing.cost(with).rounded() - pricing.cost(without).rounded()),
                Math.max(0, before.part(Counts.plus(pricedPart, pricedOwn)) - after.part(pricedPart)));
    }

    private static long quarters(Instant from, Instant to) {
        return from.isBefore(to) ? UtcGrid.quartersBetween(from, to) : 0;
    }
}
