package dev.afterglow.streams.apply;

import dev.afterglow.streams.text.Nearest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Turns scalars into values. The text is taken as written rather than as YAML resolves it: the key 007 stays 007, and
 * 0.1 never becomes a binary fraction where money is meant.
 */
final class Scalars {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final int MICROS_DIGITS = 6;
    private static final int LONGEST_NUMBER = 40;
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private Scalars() {}

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && NULLS.contains(scalar.getValue());
    }

    static String text(Node node) throws Mismatch {
        if (!(node instanceof ScalarNode scalar)) {
            throw new Mismatch("write a single value here, not a list or mapping");
        }
        return scalar.getValue();
    }

    static long integer(Node node, long least, long most) throws Mismatch {
        var text = text(node);
        if (!text.matches("[+-]?[0-9]{1,30}")) {
            throw new Mismatch("'" + text + "' is no whole number: write digits only");
        }
        var number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new Mismatch(text + " is out of range: use " + least + " to " + most);
        }
        return number.longValueExact();
    }

    static double real(Node node) throws Mismatch {
        return decimal(node).doubleValue();
    }

    static boolean flag(Node node) throws Mismatch {
        var text = text(node);
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new Mismatch("'" + text + "' is neither true nor false");
        }
        return Boolean.parseBoolean(text);
    }

    /** An amount of money as micro-units, exactly. */
    static long micros(Node node) throws Mismatch {
        var amount = decimal(node).stripTrailingZeros();
        if (amount.scale() > MICROS_DIGITS) {
            throw new Mismatch("'" + text(node) + "' has more than six decimals: money is kept in millionths;"
                    + " for a smaller price raise perImpressions");
        }
        var micros = amount.movePointRight(MICROS_DIGITS).toBigIntegerExact();
        if (micros.compareTo(LONG_MAX) > 0 || micros.compareTo(LONG_MIN) < 0) {
            throw new Mismatch("'" + text(node) + "' is too large: money is kept in millionths in 64 bits");
        }
        return micros.longValueExact();
    }

    static Instant instant(Node node) throws Mismatch {
        var text = text(node);
        Instant instant;
        try {
            instant = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Mismatch(
                    "'" + text + "' is no time: write 2026-01-31 (UTC) or 2026-01-31T10:00:00Z, with the offset or Z");
        }
        if (instant.isBefore(Instant.EPOCH)) {
            throw new Mismatch("'" + text + "' lies before 1970-01-01");
        }
        if (instant.getNano() % 1_000_000 != 0) {
            throw new Mismatch("'" + text + "' is finer than milliseconds: write three decimals at most");
        }
        return instant;
    }

    /** A symbol in any case, with {@code -} for {@code _}; the one that stands for unknown symbols cannot be chosen. */
    static String symbol(Node node, List<String> symbols, String unknown) throws Mismatch {
        var text = text(node);
        var wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
        var choices = symbols.stream().filter(symbol -> !symbol.equals(unknown)).toList();
        if (!choices.contains(wanted)) {
            throw new Mismatch("'" + text + "' is not known" + Nearest.hint(wanted, choices));
        }
        return wanted;
    }

    /** Bounded in length, since an exponent makes short texts into numbers that fill the memory. */
    private static BigDecimal decimal(Node node) throws Mismatch {
        var text = text(node);
        if (text.length() > LONGEST_NUMBER || !text.matches("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")) {
            throw new Mismatch("'" + text + "' is no number: write digits with a point, for example 0.25");
        }
        return new BigDecimal(text);
    }
}
