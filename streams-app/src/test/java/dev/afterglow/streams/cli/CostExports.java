package dev.afterglow.streams.cli;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;

/** Exports of an account's month, as an instance answers that a test tells what to say. */
record CostExports(StubInstance instance) {

    /** What the command answers for November, in a format. */
    Commands.Result export(String format) {
        return export("2026-11", format);
    }

    /** What the command answers for a month, in a format. */
    Commands.Result export(String period, String format) {
        return Commands.run(
                "costs",
                "export",
                "--url",
                instance.url(),
                "--account",
                "acme",
                "--period",
                period,
                "--format",
                format);
    }

    /** The sum of a column of the rows for FOCUS. */
    BigDecimal sumOf(String column) throws IOException {
        return focus().stream().map(row -> new BigDecimal(row.get(column))).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The rows for FOCUS, by the names of their columns. */
    List<Map<String, String>> focus() throws IOException {
        try (var parser =
                CSVFormat.RFC4180.parse(new StringReader(export("focus-csv").out()))) {
            var records = parser.getRecords();
            var names = records.get(0).toList();
            return records.stream()
                    .skip(1)
                    .map(record -> IntStream.range(0, names.size()).boxed().collect(toMap(names::get, record::get)))
                    .toList();
        }
    }
}
