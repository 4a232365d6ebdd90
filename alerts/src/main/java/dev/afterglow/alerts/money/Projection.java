package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How an experiment and its account go on: at the rates of the last 7 days, so that weekends are in them. With
 *
 * <pre>
 * e(t) = own impressions in the window * t / length of the window
 * o(t) = (impressions of the account - own impressions, in the last 7 days) * t / 7 days
 * </pre>
 *
 * rounded down, for the {@code t} that is left of the period, or for the whole of the next one:
 *
 * <ul>
 *   <li>projected cost = {@code e(t) *} price of the last impression that the account is projected to use;
 *   <li>saving = {@code cost(used + o(t) + e(t)) - cost(used + o(t))}: what really falls off the bill, which is less than
 *       the projected cost where a part of it stays inside the included quota or falls into a cheaper tier.
 * </ul>
 *
 * <p>Costs are what the impressions add to the bill: a flat fee is in neither figure, and both are 0 while the minimum of the plan
 * covers all that the account is projected to use.
 *
 * <p>The window of the experiment begins later where it has been in its state for less than 7 days, that of the account where
 * it had no traffic before. Where a plan changes in the time projected, each part of it is priced by its own.
 */
final class Projection {

    private static final Duration WINDOW = Duration.ofDays(7);

    private final Instant at;
    private final Rate own;
    private final Rate others;

    private Projection(Instant at, Rate own, Rate others) {
        this.at = at;
        this.own = own;
        this.others = others;
    }

    static Projection of(AccountBooks books, String account, ExperimentMoney.OwnTraffic own, Instant from, Instant at) {
        var weekAgo = at.minus(WINDOW);
        var start = from.isAfter(weekAgo) ? from : weekAgo;
        long ofOwn = start.isBefore(at) ? own.impressions(start, at) : 0;
        var first = books.firstUse(account, weekAgo, at);
        long ofAccount = books.impressions(account, first, at);
        long ownThere = !first.isBefore(at) ? 0 : first.equals(start) ? ofOwn : own.impressions(first, at);
        return new Projection(
                at,
                new Rate(ofOwn, quarters(start, at)),
                new Rate(Math.max(0, ofAccount - ownThere), quarters(first, at)));
    }

    /**
     * @param plans of the account
     * @param used by the account in the current period so far, by segment
     */
    Outlook outlook(PlanHistory plans, long[] used, String currency) {
        var month = plans.periodOf(at).month();
        var current = new Period(plans.pricing(month), used);
        var nextPricing = plans.pricing(month.plusMonths(1));
        var next = new Period(nextPricing, new long[nextPricing.segments().size()]);
        return new Outlook(
                currency,
                month,
                current.projectedMicros(),
                nextPricing.currency().equals(currency)
                        ? OptionalLong.of(next.projectedMicros())
                        : OptionalLong.empty(),
                current.savingMicros(),
                current.costMicros() == 0);
    }

    /** One billing period, what is used of it already and what is to come, by segment. */
    private final class Period {
        private final PeriodPricing pricing;
        private final long[] without;
        private final long[] with;

        Period(PeriodPricing pricing, long[] used) {
            this.pricing = pricing;
            without = used.clone();
            with = used.clone();
            for (int i = 0; i < used.length; i++) {
                long from = ahead(pricing.segments().get(i).start());
                long to = ahead(pricing.segments().get(i).end());
                without[i] = Counts.plus(used[i], others.between(from, to));
                with[i] = Counts.plus(without[i], own.between(from, to));
            }
        }

        long costMicros() {
            return pricing.added(with).rounded();
        }

        long savingMicros() {
            return Math.max(0, costMicros() - pricing.added(without).rounded());
        }

        long projectedMicros() {
            var sum = ExactMicros.ZERO;
            if (pricing.added(with).isZero()) {
                return 0;
            }
            for (int i = 0; i < with.length; i++) {
                sum = sum.plus(pricing.lastPrice(i, with).times(with[i] - without[i]));
            }
            return sum.rounded();
        }
    }

    /** How many quarter-hours from now an instant is; 0 for those of the past. */
    private long ahead(Instant instant) {
        return Math.max(0, quarters(at, instant));
    }

    private static long quarters(Instant from, Instant to) {
        return from.isBefore(to) ? UtcGrid.quartersBetween(from, to) : 0;
    }
}
