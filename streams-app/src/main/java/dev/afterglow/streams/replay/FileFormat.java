package dev.afterglow.streams.replay;

import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Formats that can be replayed. */
public enum FileFormat {
    /** Comma-separated values after RFC 4180, UTF-8, with a header. */
    CSV(List.of(".csv")),
    /** A JSON object per line, UTF-8. */
    JSONL(List.of(".jsonl", ".ndjson"));

    private final List<String> endings;

    FileFormat(List<String> endings) {
        this.endings = endings;
    }

    /**
     * The format that a name tells; {@code .gz} at its end is left out of account.
     *
     * @throws BadInputException when it tells none
     */
    public static FileFormat of(String fileName) {
        var name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return Arrays.stream(values())
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst()
                .orElseThrow(() -> new BadInputException("the name of " + fileName
                        + " does not tell its format: it has to end in .csv, .jsonl or .ndjson, with or without .gz"));
    }

    Rows rows(String fileName, InputStream input) throws IOException {
        return switch (this) {
            case CSV -> new CsvRows(fileName, input);
            case JSONL -> new JsonRows(input);
        };
    }
}
