/**
 * Where a month will end: the forecast, the price of it, and the back-test by which the method was chosen.
 *
 * <p>Everything here is a pure function of daily sums of impressions. Impressions are reckoned in floating point and rounded
 * once to whole ones; money is priced from those by the exact arithmetic of the price plans.
 *
 * <p><b>The baseline</b> ({@code LINEAR}): month to date, divided by the days elapsed, times the days of the month.
 *
 * <p><b>The method</b> ({@code DAMPED_TREND}): month to date, plus for each day that is left the level of the last two weeks
 * times the pattern of its weekday times the trend. It has these numbers:
 *
 * <ul>
 *   <li><b>4 weeks</b> are looked at for the pattern: the least in which each weekday is seen several times.
 *   <li><b>2 weeks</b> make the level, the mean of their days: whole weeks, so that no weekday counts more than another.
 *   <li><b>2.5 times the median</b> of the four weeks is the most that a day counts as: a burst is part of the month to date,
 *       but does not go on to its end. Where most days have no impressions, it is the median of those that have some.
 *   <li><b>4 of the newest 7 days</b> above that are no burst but a new level: an experiment went live after a trial, traffic
 *       came back after a pause. The level is then the mean of the days since the first of the last two weeks above it, and
 *       there is neither pattern nor trend yet. Without this, an account that goes live on the 1st would be expected to stop
 *       that very day, up to the 14th, since the median is still that of the weeks before.
 *   <li><b>13 weeks</b> make the trend: enough of them for a robust slope that bursts and a single step do not turn.
 *   <li><b>0.8</b> of the growth of a day is expected of the next, and 0.8 of that of the one after: four days of growth in
 *       all. Drawn on undamped, a trend that has ended is the worst of errors.
 * </ul>
 *
 * <p>{@link dev.afterglow.alerts.forecast.DampedTrend} has the formula and where it is from. Level and pattern alone are a week
 * behind traffic that grows, and their forecasts are too low throughout: at mid-month they were no better than the baseline,
 * which goes by as many days, and is as far behind.
 *
 * <p>The pattern is the mean share of each weekday in its week, drawn towards 1 by the part of it that chance explains (the
 * variance within a weekday over the variance between them, after James and Stein): traffic without a pattern is given none.
 * With less than two weeks of history there is neither pattern nor level, and the baseline is used.
 *
 * <p><b>The interval</b> takes every day that is left for as quiet as the 10th percentile of the days of the last four weeks,
 * and as busy as the 90th. It is wide, since quiet and busy days come in runs. Of the ends of months of a year of page views
 * it held 84 %.
 *
 * <p><b>How the numbers were chosen.</b> On a year of daily page views of a news site, that grew fifteenfold, by leaving out one
 * month at a time: of 180 combinations (cap 2, 2.5, 3, 4, none; level of 1, 2, 3, 4 weeks; no trend, or one of 8 or 13 weeks
 * damped by 0.8, 0.9, 0.95, 0.98) the one with the least mean error over all days of the eleven other months, out of those that
 * warned no less often, and no more often in vain, than level and pattern alone do. All twelve times it was this one, so that the
 * errors of the months left out are those of the method. In percent of the month's end:
 *
 * <pre>
 * full days known                                 5    10    15    20   all days
 * baseline                                     20.1  11.9  11.2   7.5   10.6
 * level and pattern alone, cap 3               19.3  11.0  11.2   6.7   10.0
 * the method, on months left out               18.8  10.2  10.7   6.6    9.7
 * the same, by the error alone                 19.4  10.3  10.4   6.6    9.8   (0.9 nine times, 0.95 three times)
 * </pre>
 *
 * <p>A damping of 0.9 errs less at mid-month, and expects budgets to be reached in vain in one month more. No better than the
 * baseline on the 15th, or worse on another day, were without a trend the median, Huber's mean or exponential smoothing in place
 * of the mean, a level of another length and an average with the baseline; and trends of four weeks, robust or by least squares. A
 * trend that also makes up for the lag of the level errs more on the whole. That a robust, damped trend is what helps was found
 * on this very year. Twelve months are few: {@code afterglow costs backtest} does the same on other traffic.
 */
package dev.afterglow.alerts.forecast;
