package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What the impressions of one experiment cost.
 *
 * <p>The traffic of the experiment is known by the quarter-hour, that of accounts mostly by the hour, of which each
 * quarter-hour is then taken to have a fourth. So where a billing period or a price plan begins inside an hour, as it
 * does in zones half an hour off, what others used in that one hour may be put on the wrong side of the boundary; the
 * experiment's own is not, and the account is never taken to have used less than it.
 */
public final class ExperimentMoney {

    private final ProjectAccounts accounts;
    private final OwnTraffic own;

    /** Impressions of the experiment. */
    @FunctionalInterface
    public interface OwnTraffic {

        /**
         * @param from start, a full quarter-hour, inclusive
         * @param to end, a full quarter-hour, exclusive, after the start
         * @return 0 or more
         */
        long impressions(Instant from, Instant to);

        /** The same, for who asks again and again from the same start, with an end that moves on. */
        default long impressionsSoFar(Instant from, Instant to) {
            return impressions(from, to);
        }
    }

    private record Bill(String account, YearMonth month) {}

    /**
     * @param accounts who pays for it
     * @param own its traffic
     */
    public ExperimentMoney(ProjectAccounts accounts, OwnTraffic own) {
        this.accounts = accounts;
        this.own = own;
    }

    /** Whether there are prices in the billing period of an instant: if not, nothing here has an answer. */
    public boolean isPriced(Instant at) {
        return currencyAt(at).isPresent();
    }

    /** ISO 4217 code of the billing period of an instant; empty when nothing in it has a price. */
    public Optional<String> currencyAt(Instant at) {
        return Optional.of(pricingAt(at).currency()).filter(code -> !code.equals(PeriodPricing.NO_CURRENCY));
    }

    /**
     * What the impressions in a stretch of time cost, as it is known at its end. In each billing period that the stretch
     * touches they pay the part of what the account has used of it so far:
     *
     * <pre>cost(account so far) * own impressions in the stretch / impressions of the account so far</pre>
     *
     * both counted where they have a price, by {@link PeriodPricing#added} and {@link Shares#byLargestRemainder} in two
     * parts. For a stretch that covers whole periods this is the experiment's share in the {@link AccountBill}, give or
     * take one micro-unit, where the plan has neither fee nor minimum. Its part of those is left out here: ending an
     * experiment gives none of it back, and the first one to be seen in a month would be told to have cost a whole fee. The part that is of the current period still changes with what others use: it rises when the
     * included quota is used up, and falls in cheaper tiers.
     *
     * @param from start, a full quarter-hour
     * @param to end, a full hour, after which nothing is looked at
     * @return in the currency at the end, without what was billed in another; empty when there is no price then
     */
    public Optional<Amount> cost(Instant from, Instant to) {
        return currencyAt(to).map(currency -> new Amount(cost(from, to, currency), currency));
    }

    private long cost(Instant from, Instant to, String currency) {
        var bills = new LinkedHashMap<Bill, long[]>();
        var at = from;
        while (at.isBefore(to)) {
            var account = accounts.at(at);
            var pricing = pricingAt(at);
            int segment = pricing.segmentOf(at);
            var end = earliest(
                    to,
                    earliest(
                            accounts.holdsUntil(at),
                            pricing.segments().get(segment).end()));
            bills.computeIfAbsent(
                                    new Bill(account, pricing.month()),
                                    first -> new long[pricing.segments().size()])[segment] +=
                    own.impressionsSoFar(at, end);
            at = end;
        }
        long sum = 0;
        for (var bill : bills.entrySet()) {
            var pricing = accounts.books()
                    .plans(bill.getKey().account())
                    .pricing(bill.getKey().month());
            if (pricing.currency().equals(currency)) {
                sum = Math.addExact(sum, share(pricing, bill.getKey().account(), bill.getValue(), to));
            }
        }
        return sum;
    }

    private long share(PeriodPricing pricing, String account, long[] ofOwn, Instant upTo) {
        var all = used(pricing, account, upTo);
        long own = 0;
        long total = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.max(all[i], ofOwn[i]);
            if (pricing.isPriced(i)) {
                own = Counts.plus(own, ofOwn[i]);
                total = Counts.plus(total, all[i]);
            }
        }
        return own == 0 ? 0 : Shares.byLargestRemainder(pricing.added(all).rounded(), new long[] {own, total - own})[0];
    }

    /** What an account has used of a period up to an instant, by segment. */
    private long[] used(PeriodPricing pricing, String account, Instant upTo) {
        return pricing.segments().stream()
                .mapToLong(segment ->
                        accounts.books().impressions(account, segment.start(), earliest(segment.end(), upTo)))
                .toArray();
    }

    /**
     * The price of the next impression, given what the account that pays has used of the billing period up to an instant.
     *
     * @param at a full quarter-hour
     * @return {@link MarginalPrice#FREE} inside the included quota, while the minimum of the plan covers what is used, and
     *     when there is no price
     */
    public MarginalPrice marginalAt(Instant at) {
        var pricing = pricingAt(at);
        return pricing.marginalAt(pricing.segmentOf(at), used(pricing, accounts.at(at), at));
    }

    /**
     * What the account that pays for it pays more for the period of an instant because of further impressions at that
     * instant's prices: {@code cost(used so far + more) - cost(used so far)}. Where {@code more} were not made any more,
     * that is what was saved.
     *
     * @param at up to when the account's use is counted, a full quarter-hour
     * @param more 0 or more
     * @return empty when there is no price
     */
    public Optional<Amount> costOfMore(Instant at, long more) {
        var pricing = pricingAt(at);
        return currencyAt(at).map(currency -> {
            var with = used(pricing, accounts.at(at), at);
            long before = pricing.cost(with).rounded();
            int segment = pricing.segmentOf(at);
            with[segment] = Counts.plus(with[segment], more);
            return new Amount(Math.max(0, pricing.cost(with).rounded() - before), currency);
        });
    }

    /**
     * What it will cost if it goes on as it did, see {@link Projection}.
     *
     * @param from since when its traffic tells how it goes on
     * @param at a full hour, after which nothing is looked at
     * @return empty when there is no price
     */
    public Optional<Outlook> outlook(Instant from, Instant at) {
        return currencyAt(at)
                .map(currency -> Projection.of(accounts.books(), accounts.at(at), own, UtcGrid.ceilQuarter(from), at)
                        .outlook(accounts.plansAt(at), used(pricingAt(at), accounts.at(at), at), currency));
    }

    private PeriodPricing pricingAt(Instant at) {
        var plans = accounts.plansAt(at);
        return plans.pricing(plans.periodOf(at).month());
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
