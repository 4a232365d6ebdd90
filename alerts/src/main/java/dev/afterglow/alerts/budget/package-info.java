/**
 * Budgets: what makes a good one, when spend crosses a threshold of it, and the alerts that say so.
 *
 * <p>Everything here is a pure function of its arguments; nothing knows of Kafka, of a clock or of a store.
 *
 * <p><b>Actual thresholds.</b> A threshold is reached when {@code spend * 100 >= amount * percent}, exactly. Besides the
 * percentages of the budget, 200 %, 300 % and so on are thresholds of every budget that has any.
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
 */
package dev.afterglow.alerts.budget;
