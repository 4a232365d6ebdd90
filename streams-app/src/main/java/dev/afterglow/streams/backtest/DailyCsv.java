package dev.afterglow.streams.backtest;

import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A CSV file after RFC 4180, with a header, with a day and its impressions in each row. */
public final class DailyCsv {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    private static final int MOST_PROBLEMS = 10;

    private final String file;
    private final NavigableMap<LocalDate, Long> days = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private DailyCsv(String file) {
        this.file = file;
    }

    /** Where in a row the day and its impressions are. */
    @FunctionalInterface
    public interface Columns {

        /**
         * Finds them.
         *
         * @throws BadInputException when the header does not have them
         */
        Places in(String file, List<String> header);

        /**
         * The first column is the day, {@code YYYY-MM-DD}, and the second its impressions.
         *
         * @return never null
         */
        static Columns firstTwo() {
            return (file, header) -> {
                if (header.size() < 2) {
                    throw new BadInputException(file + " has one column: give a day and its impressions in each row");
                }
                return new Places(0, 1);
            };
        }

        /**
         * Columns of these names.
         *
         * @param date of the day, {@code YYYY-MM-DD}
         * @param count of the impressions, whole numbers of 0 or more
         */
        static Columns named(String date, String count) {
            return (file, header) -> {
                var missing = new ArrayList<String>();
                for (var column : List.of(date, count)) {
                    if (!header.contains(column)) {
                        var option = column.equals(date) ? "--date" : "--count";
                        missing.add(
                                file + " has no column '" + column + "': name one of " + header + " with " + option);
                    }
                }
                if (!missing.isEmpty()) {
                    throw new BadInputException(missing);
                }
                return new Places(header.indexOf(date), header.indexOf(count));
            };
        }
    }

    /** Numbers of two columns, from 0 on. */
    public record Places(int date, int count) {}

    /**
     * Reads all rows of a file.
     *
     * @return impressions by day, one day at least; a day without a row is not among them
     * @throws BadInputException when there is no such file or row, a column is missing, or rows cannot be used
     */
    public static NavigableMap<LocalDate, Long> read(Path file, Columns columns) throws IOException {
        if (!Files.isReadable(file)) {
            throw new BadInputException(file + " cannot be read: give the path of a CSV file");
        }
        try (var reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader, columns);
        }
    }

    static NavigableMap<LocalDate, Long> read(String file, Reader reader, Columns columns) throws IOException {
        return new DailyCsv(file).read(reader, columns);
    }

    private NavigableMap<LocalDate, Long> read(Reader reader, Columns columns) throws IOException {
        try (var parser = FORMAT.parse(reader)) {
            var header = parser.getHeaderNames();
            var places = columns.in(file, header);
            for (CSVRecord row : parser) {
                take(row, header, places);
                if (problems.size() == MOST_PROBLEMS) {
                    break;
                }
            }
        } catch (UncheckedIOException | IllegalArgumentException malformed) {
            throw new BadInputException(file + " is not CSV with a header: " + malformed.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        if (days.isEmpty()) {
            throw new BadInputException(file + " has no rows: give a day and its impressions in each");
        }
        return days;
    }

    private void take(CSVRecord row, List<String> header, Places places) {
        var place = file + ", row " + row.getRecordNumber() + ": ";
        if (!row.isConsistent()) {
            problems.add(place + "it has " + row.size() + " values, not as many as the header");
            return;
        }
        var date = row.get(places.date());
        var count = row.get(places.count());
        try {
            long impressions = Long.parseLong(count);
            if (impressions < 0) {
                problems.add(place + header.get(places.count()) + " " + count + " is below 0");
            } else if (days.put(LocalDate.parse(date), impressions) != null) {
                problems.add(place + "the day " + date + " is there twice: add its rows up");
            }
        } catch (NumberFormatException notNumber) {
            problems.add(place + header.get(places.count()) + " '" + count + "' is no whole number");
        } catch (DateTimeException notDate) {
            problems.add(place + header.get(places.date()) + " '" + date + "' is no day: write it as YYYY-MM-DD");
        }
    }
}
