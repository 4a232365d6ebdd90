package dev.afterglow.alerts.forecast;

import dev.afterglow.alerts.money.PeriodPricing;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The forecast of a month, and what it costs.
 *
 * @param impressions the forecast
 * @param costToDate cost of the full days that are known, micro-units
 * @param lowCost cost at the lower end of the interval, micro-units
 * @param expectedCost expected cost, micro-units
 * @param highCost cost at the upper end of the interval, micro-units
 */
public record PricedForecast(
        MonthForecast impressions, long costToDate, long lowCost, long expectedCost, long highCost) {

    /**
     * Forecast by what was known before a day.
     *
     * @param pricing prices of the month
     * @param known full days of the account, of the month and of those before it, in the zone of the pricing
     * @param day first day that is not known
     * @return the forecast; empty while there is too little to go by, and when no figure of 64 bits holds it
     */
    public static Optional<PricedForecast> of(PeriodPricing pricing, DailySeries known, LocalDate day) {
        var before = known.before(day);
        try {
            return ForecastMethod.best(before, pricing.month()).map(forecast -> price(pricing, before, forecast));
        } catch (ArithmeticException tooLarge) {
            // What was used can be billed all the same.
            return Optional.empty();
        }
    }

    private static PricedForecast price(PeriodPricing pricing, DailySeries known, MonthForecast forecast) {
        var month = known.from(pricing.month().atDay(1));
        var prices = new ForecastPricing(pricing, month, pricing.zone());
        return new PricedForecast(
                forecast,
                prices.cost(forecast.monthToDate()),
                prices.cost(forecast.low()),
                prices.cost(forecast.expected()),
                prices.cost(forecast.high()));
    }
}
