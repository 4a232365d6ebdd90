package dev.afterglow.alerts.budget;

/**
 * What was spent in the scope of a budget, at one moment.
 *
 * @param spend spend of the period so far in the unit of the budget: micro-units of the account's currency, or impressions; 0
 *     or more; fee and minimum of the price plan are in that of an account, and in no other
 * @param currency ISO 4217 code of the account in the period; XXX without a price plan
 * @param wastedMicros waste within the spend, in micro-units; null when it is not known
 */
public record BudgetSpend(long spend, String currency, Long wastedMicros) {

    /** @throws IllegalArgumentException when the spend is negative */
    public BudgetSpend {
        if (spend < 0) {
            throw new IllegalArgumentException("spend " + spend + " is below 0");
        }
    }
}
