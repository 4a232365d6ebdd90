/**
 * Pace: budgets that are spent much faster than evenly, for those on call.
 *
 * <p>Everything here is a pure function of its arguments; nothing knows of Kafka, of a clock or of a store.
 *
 * <p>After the multi-window, multi-burn-rate alerts of Google's Site Reliability Workbook (chapter "Alerting on SLOs"). The even
 * pace spends the amount of a budget evenly over the real length of its period (672 to 745 hours, with changes to daylight
 * saving); a rate of 100 % is just that. A {@link dev.afterglow.alerts.pace.PaceRule rule} says which part of the amount is too
 * much for its slow window, as the workbook's do, so that its limit as a rate follows the length of the period: 5 % in 6 hours
 * is 560 % of the even pace in a February of 672 hours, 620 % in a month of 744.
 *
 * <table>
 *   <caption>Rules</caption>
 *   <tr><th>severity</th><th>fast</th><th>slow</th><th>of the amount, in the slow window</th><th>held for</th></tr>
 *   <tr><td>CRITICAL</td><td>1 h</td><td>6 h</td><td>5 % (as in the workbook)</td><td>6 h</td></tr>
 *   <tr><td>WARNING</td><td>6 h</td><td>3 d</td><td>20 %</td><td>24 h</td></tr>
 * </table>
 *
 * <p>The workbook's 10 % in 3 days is the even pace itself. That is a lot for an error budget, which should last, and nothing
 * for one of money, which is meant to be spent: at 20 % it would be gone after half of the month.
 *
 * <ul>
 *   <li><b>Raised</b> when both windows are at the limit of a rule or above (the slow one says that it matters, the fast one that
 *       it goes on), and at the rate of the slow window the budget is used up before its period ends. Spend before the period
 *       does not count: right after its start the windows hold what there was since.
 *   <li><b>Escalated</b> when the critical rule joins; it stays critical until it is resolved.
 *   <li><b>Resolved</b> when no rule has had both of its windows at 80 % of its limit or above for as long as the rule is held:
 *       nights between busy days do not resolve a warning. So an alert can come again after six hours at the earliest. The
 *       end of the period, a new version of the budget and its deletion resolve at once. A budget with {@code pace: false} has
 *       none of these alerts.
 *   <li><b>Spend</b> is what the bill says for the traffic up to the end of a quarter-hour: the account's cost of it at the
 *       prices of its place in the period, and of that the part that the scope has of the impressions. A flat fee and a minimum
 *       are spent by the account, at the start of its period, and so have no pace.
 * </ul>
 *
 * <p>The id is {@code PACE/budget/version/period/time}, where time is the end of the quarter-hour that raised it.
 */
package dev.afterglow.alerts.pace;
