package dev.afterglow.streams.cli;

import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header, whose rows are days: the date, and a number. */
final class DailyFile {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();

    private DailyFile() {}

    /** @throws BadInputException when a row is no day, or a day is there twice */
    static NavigableMap<LocalDate, Long> read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new BadInputException(file + ": cannot be read: give the path of a CSV file");
        }
        var days = new TreeMap<LocalDate, Long>();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                var rows = FORMAT.parse(reader)) {
            for (CSVRecord row : rows) {
                String at = file + ":" + rows.getCurrentLineNumber() + ": ";
                if (row.size() < 2) {
                    throw new BadInputException(at + "has one column: give a date and a number");
                }
                if (days.put(date(at, row.get(0)), number(at, row.get(1))) != null) {
                    throw new BadInputException(at + row.get(0) + " is there twice: keep one row for each day");
                }
            }
        }
        if (days.isEmpty()) {
            throw new BadInputException(file + ": has no rows below its header: give one for each day");
        }
        return days;
    }

    private static LocalDate date(String at, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new BadInputException(at + "'" + text + "' is no day: write it as 2026-11-24");
        }
    }

    private static long number(String at, String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same is wrong with it.
        }
        throw new BadInputException(at + "'" + text + "' is no number of impressions: write 0 or a whole number above");
    }
}
