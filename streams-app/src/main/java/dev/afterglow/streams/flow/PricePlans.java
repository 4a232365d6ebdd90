package dev.afterglow.streams.flow;

import dev.afterglow.alerts.money.PlanHistory;

/** The price plans of accounts. Asked often, so that it has to be quick. */
@FunctionalInterface
public interface PricePlans {

    /** The price plans of an account; a history without any when it has none. */
    PlanHistory of(String account);
}
