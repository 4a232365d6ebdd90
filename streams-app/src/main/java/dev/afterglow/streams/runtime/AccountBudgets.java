package dev.afterglow.streams.runtime;

import dev.afterglow.contract.Budget;
import dev.afterglow.streams.directory.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The budgets of one account among all budgets. */
final class AccountBudgets {

    private static final Comparator<Entry<Budget>> BY_VERSION = Comparator.<Entry<Budget>, Long>comparing(
                    entry -> entry.value().getVersion())
            .thenComparing(Entry::arrivedAt);

    private AccountBudgets() {}

    /**
     * The newest version of every budget that is or was of an account, in the order of their ids. A budget that has moved
     * to another account is deleted here: its alerts have to end.
     *
     * @param all every version by budget id
     */
    static List<Budget> of(String account, Map<String, List<Entry<Budget>>> all) {
        var budgets = new ArrayList<Budget>();
        all.values().forEach(versions -> of(account, versions).ifPresent(budgets::add));
        budgets.sort(Comparator.comparing(Budget::getBudgetId));
        return List.copyOf(budgets);
    }

    private static Optional<Budget> of(String account, List<Entry<Budget>> versions) {
        var newest = versions.stream().reduce(AccountBudgets::newer).map(Entry::value);
        if (newest.filter(budget -> budget.getAccount().equals(account)).isPresent()) {
            return newest;
        }
        return versions.stream()
                .filter(version -> version.value().getAccount().equals(account))
                .reduce(AccountBudgets::newer)
                .map(version ->
                        Budget.newBuilder(version.value()).setDeleted(true).build());
    }

    /** Of two records with the same version the one that arrived later holds. */
    private static Entry<Budget> newer(Entry<Budget> one, Entry<Budget> later) {
        return BY_VERSION.compare(one, later) > 0 ? one : later;
    }
}
