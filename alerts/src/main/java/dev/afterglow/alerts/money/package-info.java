/**
 * What impressions cost: price plans, billing periods, and the bill of an account with the share of each experiment.
 *
 * <p>Everything here is a pure function of its arguments; nothing knows of Kafka, of a clock or of a store.
 *
 * <p><b>Exactness.</b> Prices are rationals of micro-units (price of a block over its size), so sums are kept exact and
 * rounded once, half up, per account and period. A figure that does not fit 64 bits is an {@link ArithmeticException}.
 *
 * <p><b>Which plan prices an impression.</b> The version in force at its quarter-hour: the one with the latest
 * {@code effectiveFrom} (rounded up to a quarter-hour) not after it; of two at the same time the higher version. When the
 * plan changes in mid-period the impressions before it keep the old prices, those after it get the new ones, and the
 * position in the tiers carries on. Impressions before the first plan are counted, cost nothing, are reported apart as
 * unpriced, and do not advance the position.
 *
 * <p><b>Fee and minimum</b> are of the account and the period: {@link dev.afterglow.alerts.money.PeriodPricing} says what is owed,
 * and why they go by time where plans follow each other; {@link dev.afterglow.alerts.money.AccountBill} how experiments share
 * them, and that they are no waste. What impressions {@linkplain dev.afterglow.alerts.money.PeriodPricing#added add} to the
 * bill has no fee in it, and nothing that the minimum covers; what they cost {@linkplain
 * dev.afterglow.alerts.money.PeriodPricing#usageOnly by their tiers} has neither in it, for parts of an account.
 *
 * <p><b>Which period an impression belongs to.</b> The calendar month in the zone of the plan in force at its
 * quarter-hour; UTC while there is none. A change of zone thus lengthens or shortens the month in which it happens.
 *
 * <p><b>Currencies are never mixed.</b> A period is billed in the currency of its first priced segment; segments of plans in
 * another currency stay unpriced in that period, and {@link PlanHistory#problems()} says from when on to make the change.
 *
 * <p><b>One experiment alone</b> is what {@link dev.afterglow.alerts.money.ExperimentMoney} asks about: what it has cost,
 * what it will cost and what is saved without it, from its own traffic and from what its account uses in all.
 */
package dev.afterglow.alerts.money;
