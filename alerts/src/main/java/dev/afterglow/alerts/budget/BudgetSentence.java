package dev.afterglow.alerts.budget;

import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.BudgetState;
import java.text.NumberFormat;
import java.util.Locale;

/**
 * The sentence of an alert, understandable by itself.
 *
 * <p>Spend and percentage are cut off, not rounded: 79.99 % must not read as 80 % beside a threshold of 80 % not yet reached.
 *
 * @param comparable whether spend and amount are in one unit, and the amount is a good one
 */
record BudgetSentence(Budget budget, String period, BudgetSpend spend, boolean comparable) {

    String opened(int threshold) {
        return facts() + "; threshold " + percent(threshold) + ".";
    }

    /** @param next threshold whose alert follows, when the reason is SUPERSEDED */
    String resolved(BudgetState state, Resolution reason, int next) {
        var alert = "its alert at " + percent(state.getCrossedPercent());
        return facts() + "; "
                + switch (reason) {
                    case SUPERSEDED -> alert + " gives way to one at " + percent(next) + ".";
                    case BELOW_THRESHOLD -> "below the threshold of " + percent(state.getCrossedPercent()) + " again.";
                    case PERIOD_ENDED -> alert + " is resolved, since the period has ended.";
                    default ->
                        alert
                                + (budget.getDeleted()
                                        ? " is resolved."
                                        : " is resolved, since the budget has a new version.");
                };
    }

    /** Where spend stands. */
    String facts() {
        if (budget.getDeleted()) {
            return "Budget " + budget.getBudgetId() + " was deleted and no longer counts in " + period;
        }
        if (!comparable) {
            return "Budget " + budget.getBudgetId() + " cannot be judged in " + period;
        }
        var done = " (" + percent(Thresholds.percent(spend.spend(), budget.getAmount())) + ") in " + period;
        if (budget.getUnit() != BudgetUnit.MONEY) {
            return "Budget " + budget.getBudgetId() + " has used " + number(spend.spend()) + " of "
                    + number(budget.getAmount()) + " impressions" + done;
        }
        var currency = budget.getCurrency();
        // A budget of half a cent wants its spend in the same detail.
        int decimals = MoneyText.decimalsOf(budget.getAmount(), currency);
        return "Budget " + budget.getBudgetId() + " has spent " + MoneyText.of(spend.spend(), currency, decimals)
                + " of " + MoneyText.of(budget.getAmount(), currency, decimals) + done + waste(decimals);
    }

    private String waste(int decimals) {
        var wasted = spend.wastedMicros();
        return wasted == null || wasted == 0
                ? ""
                : ", " + MoneyText.of(wasted, budget.getCurrency(), decimals) + " of it wasted on leftovers";
    }

    static String percent(int percent) {
        return number(percent) + " %";
    }

    static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
    }
}
