package dev.afterglow.streams.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads all rows of a text, for tests. */
final class RowReader {

    private RowReader() {}

    static List<String> csv(String text, String column) throws IOException {
        return csv(text.getBytes(StandardCharsets.UTF_8), column);
    }

    static List<String> csv(byte[] bytes, String column) throws IOException {
        return all(new CsvRows("f.csv", new ByteArrayInputStream(bytes)), column);
    }

    static List<String> json(String text, String column) throws IOException {
        return all(new JsonRows(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), column);
    }

    /** A line per row: number, then the value of the column or what is wrong. */
    private static List<String> all(Rows rows, String column) throws IOException {
        var texts = new ArrayList<String>();
        for (var row = rows.next(); row.isPresent(); row = rows.next()) {
            texts.add(row.get().number() + " " + text(row.get(), column));
        }
        return texts;
    }

    private static String text(Row row, String column) {
        try {
            return row.value(column);
        } catch (BadRowException bad) {
            return "BAD " + bad.getMessage();
        }
    }
}
