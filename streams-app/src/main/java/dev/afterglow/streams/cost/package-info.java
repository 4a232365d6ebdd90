/**
 * From usage to money: books what each experiment used of its account, prices the account, splits the cost, and judges
 * budgets. One task owns an account, so that its total and its shares change in one transaction.
 */
package dev.afterglow.streams.cost;
