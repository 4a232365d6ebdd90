package dev.afterglow.alerts.forecast;

/**
 * The impressions that a month will end with.
 *
 * @param method how they were reckoned
 * @param monthToDate impressions of the full days of the month that are known
 * @param low lower end of the interval; the month to date or more
 * @param expected what is expected; {@code low} or more
 * @param high upper end of the interval; {@code expected} or more
 */
public record MonthForecast(ForecastMethod method, long monthToDate, long low, long expected, long high) {}
