package dev.afterglow.streams.replay;

import dev.afterglow.streams.text.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text with columns in braces: {@code item-{item_id}}. {@code {{} and {@code }}} stand for single braces.
 */
final class Template {

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private record Part(String text, boolean column) {}

    /**
     * @param option for errors: where it was given, for example {@code --unit}
     * @throws BadInputException when a brace is alone or a column has no name
     */
    static Template parse(String option, String text) {
        if (text.isEmpty()) {
            throw new BadInputException(option + " is empty: write text, columns in braces, as in 'item-{item_id}'");
        }
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
                literal.append(c);
                at++;
            } else if (c == '{') {
                int end = text.indexOf('}', at);
                if (end <= at + 1) {
                    throw broken(option, text, at);
                }
                addLiteral(parts, literal);
                parts.add(new Part(text.substring(at + 1, end), true));
                at = end;
            } else if (c == '}') {
                throw broken(option, text, at);
            } else {
                literal.append(c);
            }
        }
        addLiteral(parts, literal);
        return new Template(parts);
    }

    /** A template of one column. */
    static Template column(String name) {
        return new Template(List.of(new Part(name, true)));
    }

    Set<String> columns() {
        var columns = new TreeSet<String>();
        parts.stream().filter(Part::column).map(Part::text).forEach(columns::add);
        return columns;
    }

    String render(Row row) throws BadRowException {
        if (parts.size() == 1) {
            return render(parts.get(0), row);
        }
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(render(part, row));
        }
        return text.toString();
    }

    private static String render(Part part, Row row) throws BadRowException {
        return part.column() ? row.value(part.text()) : part.text();
    }

    private static void addLiteral(List<Part> parts, StringBuilder literal) {
        if (!literal.isEmpty()) {
            parts.add(new Part(literal.toString(), false));
            literal.setLength(0);
        }
    }

    private static BadInputException broken(String option, String text, int at) {
        return new BadInputException(option + " '" + text + "': the brace at character " + (at + 1)
                + " is not part of a {column}: close it, or double it for a brace in the text");
    }
}
