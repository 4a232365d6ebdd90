package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.Budget;
import java.util.List;

/** What is configured for accounts. Asked often, so that it has to be quick. */
public interface Accounts {

    /** The price plans of an account; a history without any when it has none. */
    PlanHistory plans(String account);

    /** The newest version of every budget of an account, deleted ones among them. */
    List<Budget> budgets(String account);

    /** Grows with every change of a budget. */
    long budgetsRevision();
}
