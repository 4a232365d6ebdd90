/**
 * Spikes: a quarter-hour far above the same time of earlier days, the sign of a client stuck in a loop.
 *
 * <p>Everything here is a pure function of its arguments; nothing knows of Kafka, of a clock or of a store.
 *
 * <p><b>What is usual.</b> A quarter-hour is compared with the same time of day of up to 14 earlier days, in the zone of the
 * account, so that a change to daylight saving moves nothing. Usual is the highest of: the median of those days, the median of
 * the newest three, and the same day of the week before. What comes every week is therefore no spike the second time, and a new
 * level (a rollout from 10 to 100 %, say) is usual from the third day on. At least 3 earlier days have to be known.
 *
 * <p><b>What is far above.</b> The excess over the usual reaches the largest of
 *
 * <ul>
 *   <li>3 deviations, where a deviation is 1.4826 times the median absolute deviation from the median (MAD) of those days: for
 *       normally distributed values that estimates the standard deviation, and a few outliers do not move it
 *       (Hampel identifier);
 *   <li>1.5 times the usual, the floor that keeps days that are all alike (MAD 0) from making every ripple a spike;
 *   <li>the minimum volume, 1,000 impressions unless set otherwise.
 * </ul>
 *
 * <p><b>States.</b> Nothing, suspected, open. One quarter-hour that is far above makes a suspicion; a second one in a row, or
 * one with twice the excess needed, opens the alert. It resolves after two hours (eight quarter-hours in a row) of less than
 * half the excess needed, so that bursts that follow each other are one alert, and it cannot flap: whatever the traffic, nine
 * quarter-hours lie between two openings of one experiment.
 *
 * <p><b>Floods.</b> At most 10 spikes of experiments are open in an account at a time. Further ones count for the alert of the
 * account as a whole, which is judged like an experiment after all experiments of the quarter-hour, without the excess that
 * open alerts account for: many small spikes, and those of experiments too new to have a usual, are told of there, once.
 */
package dev.afterglow.alerts.spike;
