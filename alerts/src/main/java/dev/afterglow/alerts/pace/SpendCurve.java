package dev.afterglow.alerts.pace;

import java.time.Instant;

/** What the scope of a budget spends in the course of a period. */
public interface SpendCurve {

    /** The calendar month, {@code YYYY-MM}. */
    String period();

    /** First instant of the period. */
    Instant start();

    /** First instant after the period. */
    Instant end();

    /** ISO 4217 code of the account in the period; XXX without a price plan. */
    String currency();

    /**
     * Spend from the start of the period up to an instant, in the unit of the budget: micro-units or impressions; 0 or more.
     *
     * @param instant end of a quarter-hour; at or before the start nothing is spent but a flat fee or a minimum
     */
    long until(Instant instant);
}
