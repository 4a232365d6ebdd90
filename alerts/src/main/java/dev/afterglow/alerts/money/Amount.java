package dev.afterglow.alerts.money;

/**
 * An amount of money.
 *
 * @param micros in micro-units of the currency
 * @param currency ISO 4217 code
 */
public record Amount(long micros, String currency) {

    /** For people to read: see {@link MoneyText}. */
    @Override
    public String toString() {
        return MoneyText.of(micros, currency);
    }
}
