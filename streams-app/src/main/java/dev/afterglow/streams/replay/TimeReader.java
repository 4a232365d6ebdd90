package dev.afterglow.streams.replay;

import dev.afterglow.streams.text.BadInputException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Reads times. Without a format it takes ISO 8601 with {@code T} or a blank between date and time, an offset in any of the
 * usual forms or none, and numbers: below 10^11 seconds since 1970, from there on milliseconds.
 */
final class TimeReader {

    private static final BigDecimal FIRST_MILLIS = new BigDecimal("1e11");
    private static final BigDecimal LAST_MILLIS = BigDecimal.valueOf(253_402_300_799_999L);
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][ ][ ]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ][XXX][XX][X][VV]")
            .toFormatter(Locale.ROOT);

    /** Which times a text may hold. */
    private enum Kind {
        AUTO,
        SECONDS,
        MILLIS,
        MICROS,
        PATTERN
    }

    private final Kind kind;
    private final DateTimeFormatter formatter;
    private final ZoneId zone;

    private TimeReader(Kind kind, DateTimeFormatter formatter, ZoneId zone) {
        this.kind = kind;
        this.formatter = formatter;
        this.zone = zone;
    }

    /**
     * @param format {@code auto}, {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros}, or a pattern of
     *     {@link DateTimeFormatter}
     * @param zone for times without an offset
     * @throws BadInputException when format or zone cannot be used
     */
    static TimeReader of(String format, String zone) {
        var zoneId = zone(zone);
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "auto" -> new TimeReader(Kind.AUTO, ISO, zoneId);
            case "epoch-seconds" -> new TimeReader(Kind.SECONDS, ISO, zoneId);
            case "epoch-millis" -> new TimeReader(Kind.MILLIS, ISO, zoneId);
            case "epoch-micros" -> new TimeReader(Kind.MICROS, ISO, zoneId);
            default -> new TimeReader(Kind.PATTERN, pattern(format), zoneId);
        };
    }

    /** The time, cut to milliseconds. */
    Instant read(String text) throws BadRowException {
        try {
            if (kind != Kind.PATTERN && text.length() <= 40 && text.matches("-?[0-9]+(\\.[0-9]+)?")) {
                return number(new BigDecimal(text));
            }
            if (kind == Kind.AUTO || kind == Kind.PATTERN) {
                return date(text);
            }
        } catch (DateTimeException unreadable) {
            // Said below in words that fit all kinds.
        }
        throw new BadRowException("'" + shortened(text) + "' is no usable time");
    }

    private Instant number(BigDecimal number) {
        int shift = switch (kind) {
            case SECONDS -> 3;
            case MICROS -> -3;
            case AUTO -> number.abs().compareTo(FIRST_MILLIS) < 0 ? 3 : 0;
            default -> 0;
        };
        var millis = number.movePointRight(shift);
        if (millis.signum() < 0 || millis.compareTo(LAST_MILLIS) > 0) {
            throw new DateTimeException("out of range");
        }
        return Instant.ofEpochMilli(millis.longValue());
    }

    private Instant date(String text) {
        var parsed = formatter.parse(text.strip());
        var instant = instant(parsed);
        if (instant.isBefore(Instant.EPOCH) || instant.toEpochMilli() > LAST_MILLIS.longValue()) {
            throw new DateTimeException("out of range");
        }
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    private Instant instant(TemporalAccessor parsed) {
        var written = parsed.query(TemporalQueries.zone());
        var zoneInForce = written == null ? zone : written;
        var time = parsed.query(TemporalQueries.localTime());
        var date = LocalDate.from(parsed);
        return (time == null ? date.atStartOfDay() : LocalDateTime.of(date, time))
                .atZone(zoneInForce)
                .toInstant();
    }

    private static DateTimeFormatter pattern(String format) {
        try {
            return DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        } catch (IllegalArgumentException broken) {
            throw new BadInputException("--time-format '" + format + "' cannot be used: " + broken.getMessage()
                    + "; write auto, epoch-seconds, epoch-millis, epoch-micros or a pattern such as"
                    + " 'dd/MMM/yyyy:HH:mm:ss Z'");
        }
    }

    private static ZoneId zone(String zone) {
        try {
            return zone.equalsIgnoreCase("UTC") ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw new BadInputException("--zone '" + zone + "' is not known: write one such as UTC or Europe/Berlin");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
