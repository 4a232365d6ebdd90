package dev.afterglow.streams.demo;

/** Figures as people read them, without floating point. */
final class Amounts {

    private static final long MICROS = 1_000_000;
    private static final int CENT_DIGITS = 2;

    private Amounts() {}

    /** Micro-units with their currency: two digits after the point, and more only where they are not zero. */
    static String money(long micros, String currency) {
        var fraction = new StringBuilder(
                Long.toString(MICROS + Math.abs(micros % MICROS)).substring(1));
        while (fraction.length() > CENT_DIGITS && fraction.charAt(fraction.length() - 1) == '0') {
            fraction.setLength(fraction.length() - 1);
        }
        var sign = micros < 0 ? "-" : "";
        return currency + ' ' + sign + count(Math.abs(micros / MICROS)) + '.' + fraction;
    }

    /** A count with its thousands apart. */
    static String count(long count) {
        var digits = new StringBuilder(Long.toString(count));
        for (var at = digits.length() - 3; at > (count < 0 ? 1 : 0); at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }
}
