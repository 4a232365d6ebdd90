package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostExplanation;
import dev.afterglow.contract.ExplainedGrowth;
import dev.afterglow.contract.ExplainedSpend;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.text.NumberFormat;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An explanation for somebody who is woken by it. Figures are cut off, not rounded.
 *
 * @param alert the alert, with its forecast
 * @param explanation the figures
 * @param stretch the time looked at
 * @param single whether it is about one experiment
 */
record ExplanationSentence(CostAlert alert, CostExplanation.Builder explanation, Stretch stretch, boolean single) {

    /** All of it, in short lines. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        if (!stretch.ended() && (!isMoney() || explanation.getSavingMicros() != null)) {
            lines.add(expected());
        }
        if (!explanation.getCostliest().isEmpty() && !single) {
            lines.add(join("Cost most: ", explanation.getCostliest().stream().map(this::spend)));
        }
        if (!explanation.getGrowing().isEmpty()) {
            lines.add(join(
                    "Grew most in 7 days: ", explanation.getGrowing().stream().map(this::growth)));
        }
        lines.add(leftovers());
        if (explanation.getLeftovers() > 0 && !stretch.ended()) {
            lines.add(switchOff());
        }
        return List.copyOf(lines);
    }

    /** What can be done, for the summary. */
    String remedy() {
        return explanation.getLeftovers() > 0 && !stretch.ended() ? leftovers() + " " + switchOff() : leftovers();
    }

    private String expected() {
        if (alert.getForecast() == null) {
            return "Where " + month() + " will end cannot be said yet.";
        }
        return "Expected by the end of " + month() + ": " + amount(alert.getForecast())
                + (alert.getBudgetId() == null ? "" : " of " + amount(alert.getAmount())) + ", between "
                + amount(alert.getForecastLow()) + " and " + amount(alert.getForecastHigh()) + ".";
    }

    private String spend(ExplainedSpend one) {
        return identity(one.getProject(), one.getEnvironment(), one.getExperiment()) + " "
                + (isMoney() && one.getCostMicros() != null
                        ? money(one.getCostMicros())
                        : number(one.getImpressions()) + " impressions")
                + " (" + one.getSharePercent() + " %" + (one.getLeftover() ? ", leftover)" : ")");
    }

    private String growth(ExplainedGrowth one) {
        return identity(one.getProject(), one.getEnvironment(), one.getExperiment()) + " +"
                + number(one.getImpressions() - one.getBefore()) + " impressions"
                + (isMoney() && one.getCostMicros() != null ? ", " + money(one.getCostMicros()) : "")
                + (one.getLeftover() ? " (leftover)" : "");
    }

    private String leftovers() {
        if (single) {
            return explanation.getLeftovers() > 0 ? "The experiment is a leftover." : "The experiment is no leftover.";
        }
        if (explanation.getLeftovers() == 0) {
            return "There are no leftovers to switch off.";
        }
        int named = explanation.getCostliest().size();
        long among = explanation.getCostliest().stream()
                .filter(ExplainedSpend::getLeftover)
                .count();
        return "Leftovers: " + among + " of "
                + (named == CostExplainer.NAMED
                        ? "the top five."
                        : named + (named == 1 ? " experiment." : " experiments."));
    }

    private String switchOff() {
        int leftovers = explanation.getLeftovers();
        String all = single ? "it" : leftovers == 1 ? "the leftover" : "all " + number(leftovers) + " leftovers";
        return "Switching off " + all + " now saves " + saving() + outcome() + ".";
    }

    private String saving() {
        String until = " until the end of " + month();
        if (!isMoney() || explanation.getSavingMicros() == null) {
            return "about " + number(explanation.getSavedImpressions()) + " impressions" + until;
        }
        return explanation.getSavingMicros() == 0
                ? "no money" + until
                : "about " + money(explanation.getSavingMicros()) + until;
    }

    private String outcome() {
        var verdict = explanation.getVerdict();
        return verdict == null
                ? ""
                : switch (verdict) {
                    case NOT_NEEDED -> "; the forecast ends within budget without that";
                    case ENOUGH ->
                        ": enough, the forecast then ends " + amount(alert.getAmount() - explanation.getEndWithout())
                                + " below budget";
                    case NOT_ENOUGH -> ": not enough, " + excess();
                    default -> "; whether that is enough cannot be said yet";
                };
    }

    private String excess() {
        return alert.getSpend() > alert.getAmount()
                ? "the budget is used up already"
                : "the forecast then ends " + amount(explanation.getEndWithout() - alert.getAmount()) + " above budget";
    }

    private boolean isMoney() {
        return alert.getUnit() == BudgetUnit.MONEY;
    }

    private String amount(long value) {
        return isMoney() ? money(value) : number(value) + " impressions";
    }

    /** A budget of half a cent wants all in the same detail. */
    private String money(long micros) {
        var currency = alert.getCurrency();
        return alert.getAmount() == 0
                ? MoneyText.plain(micros, currency)
                : MoneyText.of(micros, currency, MoneyText.decimalsOf(alert.getAmount(), currency));
    }

    private String month() {
        return stretch.pricing().month().getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String join(String title, Stream<String> parts) {
        return title + parts.collect(Collectors.joining("; ")) + ".";
    }

    /** Keys of experiments are any text: a line must stay one line. */
    private static String identity(String project, String environment, String experiment) {
        return new ExperimentKey(project, environment, experiment)
                .toString()
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }

    private static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
    }
}
