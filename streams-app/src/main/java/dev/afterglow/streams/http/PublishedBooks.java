package dev.afterglow.streams.http;

import dev.afterglow.alerts.money.AccountBooks;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.streams.flow.PricePlans;
import dev.afterglow.streams.readmodel.ReadModelView;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much accounts use by what has been published of their periods: quick, and nearly exact. What is asked of a part of a
 * period is its part of the time, as if an account used the same at all times.
 */
final class PublishedBooks implements AccountBooks {

    private final ReadModelView view;
    private final PricePlans plans;
    private final Instant now;
    private final Map<String, List<AccountCost>> known = new HashMap<>();

    /** @param now up to when the current periods have been added up */
    PublishedBooks(ReadModelView view, PricePlans plans, Instant now) {
        this.view = view;
        this.plans = plans;
        this.now = now;
    }

    @Override
    public PlanHistory plans(String account) {
        return plans.of(account);
    }

    @Override
    public long impressions(String account, Instant from, Instant to) {
        return known.computeIfAbsent(account, view::accountCosts).stream()
                .mapToLong(period -> impressions(period, from, to))
                .reduce(0, Math::addExact);
    }

    private long impressions(AccountCost period, Instant from, Instant to) {
        var end = earlier(period.getPeriodEnd(), now);
        var start = period.getPeriodStart().isAfter(from) ? period.getPeriodStart() : from;
        long part = millis(start, earlier(end, to));
        long whole = millis(period.getPeriodStart(), end);
        return whole == 0
                ? 0
                : BigInteger.valueOf(period.getImpressions())
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(whole))
                        .longValueExact();
    }

    private static long millis(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to).toMillis() : 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
