package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.Outlook;
import dev.afterglow.alerts.forecast.DailySeries;
import dev.afterglow.alerts.forecast.PricedForecast;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.Forecast;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Where the period of an account will end, by what was known at the end of each of its days.
 *
 * @param pricing prices of the period
 * @param days the full days of the account; the last day of the period is never among them, since nothing is left after it
 * @param ended whether the period is over
 */
record Outlooks(PeriodPricing pricing, DailySeries days, boolean ended) {

    /** The forecast to publish with the cost; empty while there is too little to go by, and when the period is over. */
    Optional<Forecast> contract(long impressions, long costMicros) {
        return at(days.end())
                .filter(forecast -> !ended)
                .map(forecast -> Forecast.newBuilder()
                        .setMethod(forecast.impressions().method().name())
                        // The day that is running can have brought more already.
                        .setImpressions(
                                Math.max(impressions, forecast.impressions().expected()))
                        .setCostMicros(Math.max(costMicros, forecast.expectedCost()))
                        .setLowCostMicros(Math.max(costMicros, forecast.lowCost()))
                        .setHighCostMicros(Math.max(costMicros, forecast.highCost()))
                        .setAsOf(startOf(days.end()))
                        .build());
    }

    /** The forecast by what was known before a day. */
    Optional<PricedForecast> at(LocalDate day) {
        return PricedForecast.of(pricing, days, day);
    }

    /** The same in the prices that a budget goes by: one of a part of the account has no part in fee and minimum. */
    Optional<PricedForecast> at(LocalDate day, Budget budget) {
        return budget.getScope() == BudgetScope.ACCOUNT ? at(day) : PricedForecast.of(pricing.usageOnly(), days, day);
    }

    /** First instant of a day. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(pricing.zone()).toInstant();
    }

    /** The day whose first instant was that. */
    LocalDate dayAt(Instant instant) {
        return LocalDate.ofInstant(instant, pricing.zone());
    }

    /** A forecast in the unit of a budget, for its part of the account. */
    static Outlook outlook(Budget budget, PricedForecast forecast, ScopeUse use) {
        var impressions = forecast.impressions();
        return budget.getUnit() == BudgetUnit.MONEY
                ? new Outlook(
                        part(budget, forecast.lowCost(), use),
                        part(budget, forecast.expectedCost(), use),
                        part(budget, forecast.highCost(), use))
                : new Outlook(
                        part(budget, impressions.low(), use),
                        part(budget, impressions.expected(), use),
                        part(budget, impressions.high(), use));
    }

    /** What was spent up to the end of the day of a forecast, in the unit of a budget. */
    static long spendToDate(Budget budget, PricedForecast forecast, ScopeUse use) {
        return part(
                budget,
                budget.getUnit() == BudgetUnit.MONEY
                        ? forecast.costToDate()
                        : forecast.impressions().monthToDate(),
                use);
    }

    /** A team, project or experiment is taken to keep the part of the account that it has had in the period so far. */
    private static long part(Budget budget, long whole, ScopeUse use) {
        if (budget.getScope() == BudgetScope.ACCOUNT || use.accountImpressions() == 0) {
            return budget.getScope() == BudgetScope.ACCOUNT ? whole : 0;
        }
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(use.impressions()))
                .divide(BigInteger.valueOf(use.accountImpressions()))
                .longValueExact();
    }
}
