package dev.afterglow.streams.apply;

import dev.afterglow.alerts.budget.BudgetRules;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.money.PriceSchedule;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to hold beyond the type of each field: inside an entry, and between entries. */
final class Checks {

    private Checks() {}

    static List<String> project(ProjectPolicy policy) {
        return PolicyHistory.problems(policy);
    }

    static List<String> experiment(ExperimentDefinition definition) {
        return Definitions.problems(definition);
    }

    static List<String> pricePlan(PricePlan plan) {
        var problems = PriceSchedule.problems(plan);
        return problems.isEmpty() ? currency(plan.getCurrency()) : problems;
    }

    static List<String> budget(Budget budget) {
        var problems = BudgetRules.problems(budget);
        return problems.isEmpty() ? currency(budget.getCurrency()) : problems;
    }

    /** What two entries say must agree: a version is given once, and a budget is in the currency of its account. */
    static void between(List<Entry<?>> entries, Problems problems) {
        var seen = new HashMap<String, Entry<?>>();
        for (var entry : entries) {
            var identity = entry.section().name() + ' ' + entry.version() + ' ' + entry.key();
            var earlier = seen.putIfAbsent(identity, entry);
            if (earlier != null) {
                problems.add(
                        entry.place(),
                        entry.path(),
                        "version " + entry.version() + " of " + entry.section().one() + " '" + entry.key()
                                + "' is already given in " + earlier.place()
                                + ": raise the version of one of them, or remove it");
            }
            if (entry.value() instanceof Budget budget && budget.getCurrency() != null) {
                budgetCurrency(entry, budget, entries, problems);
            }
        }
    }

    private static void budgetCurrency(Entry<?> entry, Budget budget, List<Entry<?>> entries, Problems problems) {
        var billed = currenciesOf(budget.getAccount(), entries);
        if (!billed.isEmpty() && !billed.contains(budget.getCurrency())) {
            var path = entry.path() + ".currency";
            problems.add(
                    entry.places().getOrDefault(path, entry.place()),
                    path,
                    "'" + budget.getCurrency() + "' is not the currency of account '" + budget.getAccount()
                            + "', which is " + String.join(", ", billed) + ": budgets are not converted");
        }
    }

    private static Set<String> currenciesOf(String account, List<Entry<?>> entries) {
        return entries.stream()
                .flatMap(entry -> entry.value() instanceof PricePlan plan ? Stream.of(plan) : Stream.empty())
                .filter(plan -> plan.getAccount().equals(account))
                .map(PricePlan::getCurrency)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> currency(String code) {
        var known = code == null
                || Currency.getAvailableCurrencies().stream()
                        .anyMatch(currency -> currency.getCurrencyCode().equals(code));
        return known ? List.of() : List.of("currency '" + code + "' is not in ISO 4217: use a code such as USD or EUR");
    }
}
