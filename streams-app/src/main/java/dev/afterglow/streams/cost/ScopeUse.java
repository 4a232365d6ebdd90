package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.BudgetSpend;

/**
 * What was used in the scope of a budget in a period so far.
 *
 * @param spend in the unit of the budget
 * @param impressions impressions of the scope; 0 up to those of the account
 * @param accountImpressions impressions of the account
 */
record ScopeUse(BudgetSpend spend, long impressions, long accountImpressions) {}
