package dev.afterglow.alerts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text, set in columns as wide as they need, each to the left. */
public final class Columns {

    private final List<List<String>> rows = new ArrayList<>();

    /** @param heads the first row; none may be missing */
    public Columns(String... heads) {
        rows.add(List.of(heads));
    }

    /**
     * Adds a row. Line breaks and other control characters of a cell become blanks.
     *
     * @throws IllegalArgumentException when it has another number of cells than the head
     */
    public Columns add(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells).stream()
                .map(cell -> cell.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "))
                .toList());
        return this;
    }

    /** The rows as lines, the head first, without blanks at their end. */
    public List<String> lines() {
        var widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(column -> row.get(column)
                                + " ".repeat(widths[column] - row.get(column).length()))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }
}
