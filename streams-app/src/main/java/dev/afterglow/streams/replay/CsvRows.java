package dev.afterglow.streams.replay;

import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/**
 * CSV after RFC 4180, with a header. The lines of a row are put together here (as long as a quote is open) and parsed
 * row by row: a parser that reads the whole file cannot go on after a broken quote, and one row must not cost the rest.
 */
final class CsvRows implements Rows {

    private static final int MOST_LINES_OF_A_ROW = 1_000;

    private final Lines lines;
    private final List<String> header;
    private final Map<String, Integer> positions = new HashMap<>();
    private long number;

    /** @throws BadInputException when there is no usable header */
    CsvRows(String file, InputStream input) throws IOException {
        this.lines = new Lines(input);
        this.header = header(file);
        var twice = new HashSet<String>();
        for (int i = 0; i < header.size(); i++) {
            if (positions.putIfAbsent(header.get(i), i) != null
                    && !header.get(i).isEmpty()) {
                twice.add(header.get(i));
            }
        }
        if (!twice.isEmpty()) {
            throw new BadInputException(
                    file + ":1: columns are there twice: " + twice + "; give each a name of its own");
        }
    }

    @Override
    public Optional<List<String>> columns() {
        return Optional.of(header);
    }

    @Override
    public Optional<Row> next() throws IOException {
        var parsed = record();
        while (parsed.isPresent() && parsed.get().isEmptyLine()) {
            parsed = record();
        }
        return parsed.map(record -> new CsvRow(++number, record));
    }

    private List<String> header(String file) throws IOException {
        var first = record();
        if (first.isEmpty()) {
            throw new BadInputException(file + " is empty: the first line has to name the columns");
        }
        if (first.get().problem().isPresent()) {
            throw new BadInputException(file + ":1: the header cannot be read: "
                    + first.get().problem().get());
        }
        return first.get().values();
    }

    /** The next record. When several lines do not make a sound one together, the first alone is bad. */
    private Optional<Parsed> record() throws IOException {
        var used = new ArrayList<Lines.Line>();
        var text = new StringBuilder();
        boolean open = false;
        do {
            var line = lines.next();
            if (line.isEmpty() || used.size() == MOST_LINES_OF_A_ROW) {
                line.ifPresent(used::add);
                return used.isEmpty() ? Optional.empty() : Optional.of(bad(used, "a quote is opened and never closed"));
            }
            used.add(line.get());
            if (line.get().text().isEmpty()) {
                return Optional.of(bad(used, "it is not UTF-8"));
            }
            text.append(used.size() > 1 ? "\n" : "").append(line.get().text().get());
            open ^= line.get().text().get().chars().filter(c -> c == '"').count() % 2 == 1;
        } while (open);
        return Optional.of(parse(used, text.toString()));
    }

    private Parsed parse(List<Lines.Line> used, String text) {
        try (var parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
            var records = parser.getRecords();
            var values = records.isEmpty() ? List.of("") : records.get(0).toList();
            boolean merged = used.size() > 1 && header != null && values.size() != header.size();
            return records.size() > 1 || merged
                    ? bad(used, "its quotes are not in pairs")
                    : new Parsed(used.get(0).number(), values, Optional.empty());
        } catch (IOException | UncheckedIOException | IllegalStateException malformed) {
            return bad(used, "it is not CSV: its quotes are not in order");
        }
    }

    private Parsed bad(List<Lines.Line> used, String problem) {
        lines.giveBack(used.subList(1, used.size()));
        return new Parsed(used.get(0).number(), List.of(), Optional.of(problem));
    }

    private record Parsed(long line, List<String> values, Optional<String> problem) {

        boolean isEmptyLine() {
            return problem.isEmpty() && values.equals(List.of(""));
        }
    }

    private final class CsvRow implements Row {

        private final long rowNumber;
        private final Parsed parsed;

        CsvRow(long rowNumber, Parsed parsed) {
            this.rowNumber = rowNumber;
            this.parsed = parsed;
        }

        @Override
        public long number() {
            return rowNumber;
        }

        @Override
        public long line() {
            return parsed.line();
        }

        @Override
        public String value(String column) throws BadRowException {
            if (parsed.problem().isPresent()) {
                throw new BadRowException(parsed.problem().get());
            }
            if (parsed.values().size() != header.size()) {
                throw new BadRowException(
                        "it has " + parsed.values().size() + " values where the header has " + header.size());
            }
            var value = parsed.values().get(positions.get(column));
            if (value.isEmpty()) {
                throw new BadRowException("column '" + column + "' is empty");
            }
            return value;
        }
    }
}
