package dev.afterglow.alerts.pace;

import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.alerts.text.UtcText;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.PaceState;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.Locale;

/** The sentence of an alert, understandable by itself. Figures are cut off, not rounded. */
record PaceSentence(Budget budget, SpendCurve spend, Instant at) {

    String fast(PaceState state, Burn burn) {
        return "Budget " + budget.getBudgetId() + " is spent at " + times(burn.slowPercent()) + " the even pace over "
                + burn.rule().slow().toHours() + " h and " + times(burn.fastPercent()) + " over the last "
                + burn.rule().fast().toHours() + " h, fast since " + UtcText.minute(state.getSince()) + " UTC; "
                + spent() + " in " + spend.period() + usedUp(burn) + ".";
    }

    String resolved(PaceState state, Resolution reason) {
        var name = "Budget " + budget.getBudgetId();
        return switch (reason) {
            case BELOW_THRESHOLD ->
                name + " is no longer spent too fast, as it was since " + UtcText.minute(state.getSince()) + " UTC; "
                        + spent() + " in " + spend.period() + ".";
            case PERIOD_ENDED -> name + ": its alert on pace is resolved, since " + state.getPeriod() + " has ended.";
            default ->
                name + (budget.getDeleted() ? " was deleted" : " has a new version")
                        + ": its alert on pace is resolved.";
        };
    }

    private String spent() {
        if (budget.getUnit() != BudgetUnit.MONEY) {
            return number(spend.until(at)) + " of " + number(budget.getAmount()) + " impressions are used";
        }
        int decimals = MoneyText.decimalsOf(budget.getAmount(), budget.getCurrency());
        return MoneyText.of(spend.until(at), budget.getCurrency(), decimals) + " of "
                + MoneyText.of(budget.getAmount(), budget.getCurrency(), decimals) + " are spent";
    }

    private String usedUp(Burn burn) {
        return burn.usedUpAt()
                .map(when -> when.isAfter(at)
                        ? "; at this rate it is used up at " + UtcText.minute(when) + " UTC"
                        : "; it is used up since " + UtcText.minute(when) + " UTC")
                .orElse("");
    }

    private static String times(long percent) {
        return number(percent / 100) + "." + percent % 100 / 10 + " times";
    }

    private static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
    }
}
