/**
 * Budgets: what makes a good one, when spend crosses a threshold of it, and the alerts that say so.
 *
 * <p>Everything here is a pure function of its arguments; nothing knows of Kafka, of a clock or of a store.
 *
 * <p><b>Actual thresholds.</b> A threshold is reached when {@code spend * 100 >= amount * percent}, exactly. Besides the
 * percentages of the budget, 200 %, 300 % and so on are thresholds of every budget that has any. Spend is looked at as it
 * stood at the end of each quarter-hour, which becomes the time of the alerts, so that a replay tells the same; and once
 * more when something changed of what had been looked at. The part of a project, a team or an experiment is what the account
 * pays times its part of the impressions that have a price, rounded down: it may be less by some micro-units than the sum of
 * the published costs of its experiments, which are rounded so that all of the account's are the whole.
 *
 * <ul>
 *   <li><b>One alert per budget at a time.</b> Its id names the threshold:
 *       {@code BUDGET_ACTUAL/budget/version/period/threshold}. When a higher threshold is reached, the open alert is resolved
 *       as {@code SUPERSEDED} and then the new one opens, in this order and in the same verdict. It is a new alert, rather
 *       than an update of the old one, because paging tools stay silent on updates: who was informed of 50 % has to be paged
 *       at 100 %. Receivers that want to be quiet may drop resolutions that say SUPERSEDED.
 *   <li><b>Once per threshold and period.</b> On a jump only the highest threshold reached is announced, and those below it
 *       count as announced. When spend falls below the threshold of the open alert (a corrected price, say) the alert is
 *       resolved as {@code BELOW_THRESHOLD}; nothing opens in its place, since falling spend is no reason to page, and the
 *       resolution itself says where spend stands. Should spend rise again, thresholds up to the highest one announced stay
 *       silent: spend that is corrected back and forth cannot flap.
 *   <li><b>A new version arms all thresholds again.</b> The open alert of the old one is resolved as {@code BUDGET_CHANGED},
 *       then the new version is judged. Deleting a budget resolves likewise.
 *   <li><b>The end of the period</b> resolves as {@code PERIOD_ENDED}. Where the last figures of a period, or late corrections
 *       to it, reach a further threshold, its alert is opened and resolved in one verdict, so that it does not depend on the
 *       moment of judging whether the threshold was ever announced. An ended period arms nothing: it is not judged by a
 *       budget, or a version of it, that was not armed while it ran.
 *   <li><b>What cannot be judged</b> (a budget in another currency than its account's, an account without a plan, a budget that
 *       breaks the rules) opens nothing, holds what is open, and is reported as the problem of the verdict.
 * </ul>
 *
 * <p><b>Forecast thresholds.</b> They are looked at once for each full day of the account's calendar, by what was known at its
 * end, so that alerts carry the same times on every replay. Apart from what follows, they behave as actual ones do; none is
 * added beyond those of the budget.
 *
 * <ul>
 *   <li><b>Hysteresis.</b> A threshold is reached when the forecast is {@code amount * percent} or more, exactly, and left when
 *       it is below 95 % of that: a threshold of 100 % is told of from 100 % on and resolved below 95 %. In between all
 *       stays as it is.
 *   <li><b>Again when it comes again.</b> A threshold that was left is armed again in the same period, and its alert opens
 *       under the same id, {@code BUDGET_FORECAST/budget/version/period/threshold}: that more was expected three weeks ago is
 *       no reason to be silent now.
 *   <li><b>One alert at a time.</b> A higher threshold takes over as for actual spend. When the forecast falls, lower
 *       thresholds that are still reached open nothing.
 *   <li><b>What has come true</b> is no forecast any more: spend that reaches the threshold of a forecast alert resolves it as
 *       {@code SUPERSEDED}, whether or not an actual threshold is as high. An actual threshold that is reached keeps those of
 *       the forecast at the same or a lower percentage from opening, since it has told of as much; where none has, one that
 *       spend leapt over within a day is opened and resolved in one verdict.
 * </ul>
 */
package dev.afterglow.alerts.budget;
