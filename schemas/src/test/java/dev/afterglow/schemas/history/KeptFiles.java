package dev.afterglow.schemas.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The kept versions as files of the sources.
 *
 * @param root the directory {@code schema-history}
 */
record KeptFiles(Path root) {
    static final String SUMS = "SHA256SUMS";

    /** The numbered files of a type, oldest first, as far as the numbers run without a gap. */
    List<Path> versionsOf(Class<?> type) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> file(type, number))
                .takeWhile(Files::exists)
                .toList();
    }

    /** Keeps the schema of today as the next version when it is not the newest one already. */
    void keep(Class<?> type) {
        List<Path> versions = versionsOf(type);
        JsonNode today = BareSchema.of(Types.schemaOf(type));
        if (versions.isEmpty() || !Json.read(versions.get(versions.size() - 1)).equals(today)) {
            Path file = file(type, versions.size() + 1);
            Json.write(file, today);
            append(sumOf(file) + "  " + nameOf(file) + "\n");
        }
    }

    /** Check sum by name of every version that is there. */
    Map<String, String> sums() {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(SUMS))
                    .collect(Collectors.toMap(this::nameOf, KeptFiles::sumOf, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + root, e);
        }
    }

    /** Check sum by name of every version as it was when it was kept. */
    Map<String, String> recordedSums() {
        return lines(root.resolve(SUMS)).stream()
                .map(line -> line.split("  ", 2))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (a, b) -> a, TreeMap::new));
    }

    private Path file(Class<?> type, int number) {
        return root.resolve(type.getName()).resolve("v" + number + ".avsc");
    }

    private String nameOf(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private void append(String line) {
        try {
            Files.writeString(root.resolve(SUMS), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + root.resolve(SUMS), e);
        }
    }

    /** Of the text with plain line ends, whatever a checkout has made of them. */
    private static String sumOf(Path file) {
        String text = lines(file).stream().map(line -> line + "\n").collect(Collectors.joining());
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
