package dev.afterglow.alerts.forecast;

import java.time.YearMonth;
import java.util.Optional;

/** How the end of a month is reckoned. The package description says what the methods do. */
public enum ForecastMethod {
    /** Month to date ÷ days elapsed × days of the month. */
    LINEAR,

    /** Month to date, and the rest of the month by level and weekdays of the last four weeks, with a damped trend. */
    DAMPED_TREND;

    /** Full days of the month that have to be known. */
    public static final int FEWEST_DAYS = 3;

    /** Full days that are looked at at most; older ones change no forecast. */
    public static final int MOST_DAYS = DampedTrend.WINDOW;

    /**
     * Forecast by the best method for which there is history enough.
     *
     * @param known full days, of this month and of those before it; nothing beyond its end is looked at
     * @param month the month
     * @return the forecast; empty while fewer than {@value #FEWEST_DAYS} full days of the month are known
     */
    public static Optional<MonthForecast> best(DailySeries known, YearMonth month) {
        return DAMPED_TREND.forecast(known, month).or(() -> LINEAR.forecast(known, month));
    }

    /**
     * Forecast by this method.
     *
     * @param known full days, of this month and of those before it; nothing beyond its end is looked at
     * @param month the month
     * @return the forecast; empty while there is too little to go by
     */
    public Optional<MonthForecast> forecast(DailySeries known, YearMonth month) {
        var end = month.plusMonths(1).atDay(1);
        var usable = known.before(end);
        var thisMonth = usable.from(month.atDay(1));
        int left = (int) (end.toEpochDay() - usable.end().toEpochDay());
        if (thisMonth.counts().size() < FEWEST_DAYS || this == DAMPED_TREND && !FourWeeks.isEnough(usable)) {
            return Optional.empty();
        }
        var rest = new RestOfMonth(usable, left);
        double expected = this == LINEAR
                ? (double) thisMonth.sum() / thisMonth.counts().size() * left
                : FourWeeks.of(usable).expected(usable.end(), left);
        return Optional.of(rest.forecast(this, thisMonth.sum(), expected));
    }
}
