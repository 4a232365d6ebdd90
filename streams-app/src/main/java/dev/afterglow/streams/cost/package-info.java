/**
 * From usage to money: books what each experiment used of its account, prices the account, splits the cost, and judges
 * budgets. One task owns an account, so that its total and its shares change in one transaction. A task knows the accounts
 * that have used something, and so opens their months itself when only a fee is owed; of one that never has it knows nothing.
 */
package dev.afterglow.streams.cost;
