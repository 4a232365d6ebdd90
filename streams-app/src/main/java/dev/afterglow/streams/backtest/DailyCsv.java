package dev.afterglow.streams.backtest;

import dev.afterglow.alerts.forecast.DailySeries;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file after RFC 4180, with a header, with a day and its impressions in each row.
 *
 * @param file name for messages
 * @param dateColumn column of the day, {@code YYYY-MM-DD}
 * @param countColumn column of the impressions, whole numbers of 0 or more
 */
public record DailyCsv(String file, String dateColumn, String countColumn) {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();
    private static final int MOST_PROBLEMS = 10;

    /**
     * Reads all rows; days that are missing between them had no impressions.
     *
     * @throws BadInputException when there is no row, a column is missing, or rows cannot be used
     */
    public DailySeries read(Reader reader) throws IOException {
        var days = new TreeMap<LocalDate, Long>();
        var problems = new ArrayList<String>();
        try (var parser = FORMAT.parse(reader)) {
            checkColumns(parser.getHeaderNames());
            for (CSVRecord row : parser) {
                take(row, days, problems);
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
        return DailySeries.of(days, days.lastKey().plusDays(1));
    }

    private void checkColumns(List<String> header) {
        var problems = new ArrayList<String>();
        for (var column : List.of(dateColumn, countColumn)) {
            if (!header.contains(column)) {
                var option = column.equals(dateColumn) ? "--date" : "--count";
                problems.add(file + " has no column '" + column + "': name one of " + header + " with " + option);
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    private void take(CSVRecord row, TreeMap<LocalDate, Long> days, List<String> problems) {
        var place = file + ", row " + row.getRecordNumber() + ": ";
        if (!row.isConsistent()) {
            problems.add(place + "it has " + row.size() + " values, not as many as the header");
            return;
        }
        var date = row.get(dateColumn);
        var count = row.get(countColumn);
        try {
            long impressions = Long.parseLong(count);
            if (impressions < 0) {
                problems.add(place + countColumn + " " + count + " is below 0");
            } else if (days.put(LocalDate.parse(date), impressions) != null) {
                problems.add(place + "the day " + date + " is there twice: add its rows up");
            }
        } catch (NumberFormatException notNumber) {
            problems.add(place + countColumn + " '" + count + "' is no whole number");
        } catch (DateTimeException notDate) {
            problems.add(place + dateColumn + " '" + date + "' is no day: write it as YYYY-MM-DD");
        }
    }
}
