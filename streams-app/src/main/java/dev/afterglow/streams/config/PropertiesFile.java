package dev.afterglow.streams.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads a file in the format of {@link Properties}, in UTF-8. Each logical line is handed to {@code Properties} by
 * itself: it knows the format, but not the line of a key, which errors have to name.
 */
final class PropertiesFile {

    private PropertiesFile() {}

    static Map<String, Setting> read(Path file, List<String> problems) {
        var settings = new TreeMap<String, Setting>();
        var lines = lines(file, problems);
        for (int next = 0; next < lines.size(); ) {
            int first = next;
            var logical = new StringBuilder(lines.get(next++));
            while (continues(logical) && next < lines.size()) {
                logical.append('\n').append(lines.get(next++));
            }
            add(logical.toString(), file + ":" + (first + 1), settings, problems);
        }
        return settings;
    }

    private static List<String> lines(Path file, List<String> problems) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            problems.add("configuration file " + file + " does not exist: check the path");
        } catch (CharacterCodingException malformed) {
            problems.add("configuration file " + file + " is not UTF-8: save it as UTF-8");
        } catch (IOException unreadable) {
            problems.add("configuration file " + file + " cannot be read: " + unreadable.getMessage());
        }
        return List.of();
    }

    /** A line goes on in the next one when it ends with an odd number of backslashes and is no comment. */
    private static boolean continues(CharSequence logical) {
        var text = logical.toString();
        var start = text.stripLeading();
        if (start.startsWith("#") || start.startsWith("!")) {
            return false;
        }
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static void add(String logical, String origin, Map<String, Setting> settings, List<String> problems) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(logical));
        } catch (IOException | IllegalArgumentException malformed) {
            problems.add(origin + ": not a line of a properties file: " + malformed.getMessage());
            return;
        }
        for (var key : properties.stringPropertyNames()) {
            var setting = new Setting(properties.getProperty(key).strip(), origin);
            var earlier = settings.putIfAbsent(key, setting);
            if (earlier != null) {
                problems.add(origin + ": " + key + " is already set in " + earlier.origin() + ": keep one of them");
            }
        }
    }
}
