package dev.afterglow.alerts.forecast;

/**
 * The days of a month that are left, and the interval of what they bring.
 *
 * @param known full days up to the first that is left
 * @param left how many days are left; 0 or more
 */
record RestOfMonth(DailySeries known, int left) {

    private static final int LOW_PERCENT = 10;
    private static final int HIGH_PERCENT = 90;

    /** @param rest what the days that are left are expected to bring */
    MonthForecast forecast(ForecastMethod method, long monthToDate, double rest) {
        var days = known.newest(FourWeeks.WINDOW).counts().stream().sorted().toList();
        long expected = Math.round(rest);
        long low = Math.min(expected, Math.multiplyExact(days.get(rank(days.size(), LOW_PERCENT)), (long) left));
        long high = Math.max(expected, Math.multiplyExact(days.get(rank(days.size(), HIGH_PERCENT)), (long) left));
        return new MonthForecast(
                method,
                monthToDate,
                Math.addExact(monthToDate, low),
                Math.addExact(monthToDate, expected),
                Math.addExact(monthToDate, high));
    }

    private static int rank(int size, int percent) {
        return Math.min(size - 1, size * percent / 100);
    }
}
