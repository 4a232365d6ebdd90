package dev.afterglow.alerts.budget;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What makes a budget a good one. */
public final class BudgetRules {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private BudgetRules() {}

    /** What is wrong with a budget, a text per problem that names the field and the remedy; empty when it is good. */
    public static List<String> problems(Budget budget) {
        var problems = new ArrayList<String>();
        slug("budgetId", budget.getBudgetId(), problems);
        if (budget.getVersion() < 1) {
            problems.add("version: " + budget.getVersion() + " is below 1: number the versions of a budget from 1");
        }
        if (budget.getDeleted()) {
            // Only its id matters any more; whoever deletes a budget need not repair it first.
            return List.copyOf(problems);
        }
        slug("account", budget.getAccount(), problems);
        scope(budget, problems);
        amount(budget, problems);
        percents("actualPercents", budget.getActualPercents(), problems);
        percents("forecastPercents", budget.getForecastPercents(), problems);
        return List.copyOf(problems);
    }

    private static void scope(Budget budget, List<String> problems) {
        var scope = budget.getScope();
        if (scope == null || scope == BudgetScope.UNKNOWN) {
            problems.add("scope: is missing: say ACCOUNT, TEAM, PROJECT or EXPERIMENT");
            return;
        }
        boolean experiment = scope == BudgetScope.EXPERIMENT;
        field("team", budget.getTeam(), scope == BudgetScope.TEAM, scope, problems);
        field("project", budget.getProject(), experiment || scope == BudgetScope.PROJECT, scope, problems);
        field("environment", budget.getEnvironment(), experiment, scope, problems);
        field("experiment", budget.getExperiment(), experiment, scope, problems);
    }

    private static void field(String name, String value, boolean needed, BudgetScope scope, List<String> problems) {
        boolean given = value != null && !value.isEmpty();
        if (needed && !given) {
            problems.add(name + ": is missing: scope " + scope + " needs it");
        } else if (!needed && given) {
            // Silently summing more than the owner meant would be worse than refusing.
            problems.add(name + ": has no meaning for scope " + scope + ": leave it out, or choose a narrower scope");
        }
    }

    private static void amount(Budget budget, List<String> problems) {
        if (budget.getAmount() < 1) {
            problems.add("amount: is not above 0: give the budget of one period, in the currency or in impressions");
        }
        var unit = budget.getUnit();
        if (unit == null || unit == BudgetUnit.UNKNOWN) {
            problems.add("unit: is missing: say MONEY or IMPRESSIONS");
        } else if (unit == BudgetUnit.MONEY
                && (budget.getCurrency() == null
                        || !CURRENCY.matcher(budget.getCurrency()).matches())) {
            problems.add(
                    "currency: '" + budget.getCurrency()
                            + "' is no ISO 4217 code: write the three capital letters of the account's currency, for example USD");
        }
    }

    private static void percents(String name, List<Integer> percents, List<String> problems) {
        int below = 0;
        for (int i = 0; percents != null && i < percents.size(); i++) {
            int percent = percents.get(i);
            if (percent <= below) {
                problems.add(name + "[" + i + "]: " + percent + " is not above " + below
                        + ": list rising percentages of the amount, 1 or more");
            }
            below = Math.max(below, percent);
        }
    }

    private static void slug(String name, String value, List<String> problems) {
        if (!ExperimentKey.isSlug(value)) {
            problems.add(
                    name + ": '" + value
                            + "' is no slug: use lower-case letters, digits, '.', '_' and '-', starting with a letter or digit");
        }
    }
}
