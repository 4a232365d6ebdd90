package dev.afterglow.streams.config;

import dev.afterglow.streams.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Brings the sources together: later ones win, {@code <key>.file} is replaced by what the file holds. */
final class Settings {

    private static final String FILE = ".file";
    private static final List<String> KEYS =
            Arrays.stream(ConfigKey.values()).map(ConfigKey::key).toList();

    private Settings() {}

    static Map<String, Setting> load(
            Optional<Path> file,
            Map<String, String> environment,
            Map<String, String> overrides,
            List<String> problems) {
        var merged = new TreeMap<String, Setting>();
        file.ifPresent(path -> merged.putAll(withSecrets(PropertiesFile.read(path, problems), problems)));
        merged.putAll(withSecrets(Environment.read(environment, problems), problems));
        merged.putAll(withSecrets(fromCommandLine(overrides), problems));
        merged.forEach((key, setting) -> refuseUnknown(key, setting, problems));
        return merged;
    }

    private static Map<String, Setting> fromCommandLine(Map<String, String> overrides) {
        return overrides.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new Setting(entry.getValue().strip(), "command line")));
    }

    private static Map<String, Setting> withSecrets(Map<String, Setting> source, List<String> problems) {
        var resolved = new TreeMap<String, Setting>();
        source.forEach((key, setting) -> {
            if (!key.endsWith(FILE) || KafkaNames.isKnown(key)) {
                resolved.put(key, setting);
                return;
            }
            var base = key.substring(0, key.length() - FILE.length());
            if (source.containsKey(base)) {
                problems.add(setting.origin() + ": " + key + " and " + base + " are both set: keep one of them");
            } else {
                secret(key, setting, problems).ifPresent(value -> resolved.put(base, value));
            }
        });
        return resolved;
    }

    /** Line ends at the end are no part of a secret: editors add them. */
    private static Optional<Setting> secret(String key, Setting setting, List<String> problems) {
        var path = Path.of(setting.value());
        try {
            var value = Files.readString(path).replaceAll("[\\r\\n]+$", "");
            return Optional.of(new Setting(value, setting.origin() + ", file " + path, Optional.of(path)));
        } catch (IOException unreadable) {
            problems.add(setting.origin() + ": the file of " + key + ", " + path
                    + ", cannot be read: check that it exists and that this user may read it");
            return Optional.empty();
        }
    }

    private static void refuseUnknown(String key, Setting setting, List<String> problems) {
        if (ConfigKey.isOurs(key) && ConfigKey.of(key).isEmpty()) {
            problems.add(setting.origin() + ": " + key + " is not known" + Nearest.hint(key, KEYS));
        }
    }
}
