package dev.afterglow.alerts.forecast;

import java.time.LocalDate;

/**
 * How many impressions a month will have at its end.
 *
 * @param method by which that was reckoned
 * @param impressions expected at the end of the month, those there are already among them
 * @param low end of the interval in which four of five such estimates of the recent past would have been right
 * @param high end of that interval
 * @param upTo the last full day that was known
 */
public record MonthEstimate(String method, long impressions, long low, long high, LocalDate upTo) {}
