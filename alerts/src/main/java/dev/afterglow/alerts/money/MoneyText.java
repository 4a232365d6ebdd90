package dev.afterglow.alerts.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;

/** Amounts for people to read, such as {@code USD 1,234.50}; made from micro-units without floating point. */
public final class MoneyText {

    private static final int MICRO_DIGITS = 6;
    private static final int USUAL_DIGITS = 2;

    private MoneyText() {}

    /** An amount with the decimals of its currency, the rest cut off: it never claims more than there is. */
    public static String of(long micros, String currency) {
        return of(micros, currency, digits(currency));
    }

    /**
     * An amount with a number of decimals, the rest cut off.
     *
     * @param decimals 0 to 6
     */
    public static String of(long micros, String currency, int decimals) {
        var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.DOWN);
        return currency + ' ' + format.format(BigDecimal.valueOf(micros, MICRO_DIGITS));
    }

    /** As {@link #of(long, String)}, and what is too little to be seen that way is said to be less than the smallest coin. */
    public static String plain(long micros, String currency) {
        long coin = BigDecimal.ONE
                .scaleByPowerOfTen(MICRO_DIGITS - digits(currency))
                .longValueExact();
        return micros > 0 && micros < coin ? "less than " + of(coin, currency) : of(micros, currency);
    }

    /** Decimals needed to write an amount in full: those of its currency at least, 6 at most. */
    public static int decimalsOf(long micros, String currency) {
        var needed =
                BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros().scale();
        return Math.max(needed, digits(currency));
    }

    private static int digits(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? USUAL_DIGITS : digits;
        } catch (IllegalArgumentException unknown) {
            return USUAL_DIGITS;
        }
    }
}
