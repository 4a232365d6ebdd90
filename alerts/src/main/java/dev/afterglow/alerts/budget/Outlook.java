package dev.afterglow.alerts.budget;

/**
 * Where a budget is expected to end, in its unit: micro-units of the account's currency, or impressions.
 *
 * @param low lower end of the interval; 0 or more
 * @param expected what is expected; {@code low} or more
 * @param high upper end of the interval; {@code expected} or more
 */
public record Outlook(long low, long expected, long high) {

    /** @throws IllegalArgumentException when the figures are not in order */
    public Outlook {
        if (low < 0 || expected < low || high < expected) {
            throw new IllegalArgumentException("no outlook: " + low + ", " + expected + ", " + high);
        }
    }
}
