package dev.afterglow.streams.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads typed values and collects what is wrong with them, so that all of it is reported at once. */
final class ConfigReader {

    private final Map<String, Setting> settings;
    private final List<String> problems;

    ConfigReader(Map<String, Setting> settings, List<String> problems) {
        this.settings = settings;
        this.problems = problems;
    }

    String text(ConfigKey key) {
        return setting(key).value();
    }

    Optional<String> optional(ConfigKey key) {
        return Optional.of(text(key)).filter(value -> !value.isEmpty());
    }

    boolean flag(ConfigKey key) {
        var value = text(key);
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            refuse(key, "write true or false");
        }
        return Boolean.parseBoolean(value);
    }

    Duration millis(ConfigKey key, long least) {
        return Duration.ofMillis(number(key, least, Integer.MAX_VALUE));
    }

    int integer(ConfigKey key, long least, long most) {
        return Math.toIntExact(number(key, least, most));
    }

    /** The text, where the pattern matches it. */
    String matching(ConfigKey key, String pattern, String remedy) {
        if (!text(key).matches(pattern)) {
            refuse(key, remedy);
        }
        return text(key);
    }

    void refuse(ConfigKey key, String remedy) {
        refuse(key.key(), setting(key), remedy);
    }

    void refuse(String key, Setting setting, String remedy) {
        problems.add(setting.origin() + ": " + key + " = " + setting.shown(key) + " cannot be used: " + remedy);
    }

    private long number(ConfigKey key, long least, long most) {
        var value = text(key);
        if (value.matches("[+-]?[0-9]{1,30}")) {
            var number = new BigInteger(value);
            if (number.compareTo(BigInteger.valueOf(least)) >= 0 && number.compareTo(BigInteger.valueOf(most)) <= 0) {
                return number.longValueExact();
            }
        }
        refuse(
                key,
                value.startsWith("tcp://")
                        ? "Kubernetes sets this variable for a service of that name; give the pod enableServiceLinks: false"
                        : "write a whole number from " + least + " to " + most);
        return least;
    }

    private Setting setting(ConfigKey key) {
        return settings.getOrDefault(key.key(), new Setting(key.defaultValue(), "default"));
    }
}
