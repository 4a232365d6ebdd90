package dev.afterglow.streams.config;

import dev.afterglow.streams.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates environment variables to keys. */
final class Environment {

    private static final String OURS = "AFTERGLOW_";
    private static final String KAFKA = "KAFKA_";
    private static final String REGISTRY = "SCHEMA_REGISTRY_";
    private static final String FILE = "_FILE";

    /** Variables of launchers, of the log set-up, of Kafka's own scripts, and those Kubernetes sets for a service. */
    private static final Pattern FOREIGN =
            Pattern.compile("AFTERGLOW_(HOME|OPTS|JAVA_OPTS|LOG_FORMAT|LOG_LEVEL|DEBUG|VERSION)"
                    + "|KAFKA_(HOME|VERSION|OPTS|DEBUG|DEBUG_.*|LOG_DIR|JMX_.*|.*_OPTS)"
                    + "|[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT|SERVICE_PORT_[A-Z0-9_]+|PORT_[0-9]+_(TCP|UDP).*)"
                    + "|(AFTERGLOW|KAFKA|SCHEMA_REGISTRY)_PORT");

    private static final Map<String, String> OWN_KEYS = Arrays.stream(ConfigKey.values())
            .collect(Collectors.toUnmodifiableMap(ConfigKey::environmentVariable, ConfigKey::key));

    private Environment() {}

    /** Settings by key. An empty variable counts as not set, since compose files pass on what is missing that way. */
    static Map<String, Setting> read(Map<String, String> variables, List<String> problems) {
        var settings = new TreeMap<String, Setting>();
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (!value.isBlank()) {
                key(variable, problems).ifPresent(key -> {
                    var earlier = settings.putIfAbsent(key, new Setting(value.strip(), origin(variable)));
                    if (earlier != null && !earlier.value().equals(value.strip())) {
                        problems.add(origin(variable) + " and " + earlier.origin() + " both set " + key
                                + " to different values: keep one of them");
                    }
                });
            }
        });
        return settings;
    }

    private static Optional<String> key(String variable, List<String> problems) {
        if (variable.startsWith(OURS)) {
            return ownKey(variable, problems);
        }
        if (FOREIGN.matcher(variable).matches()) {
            return Optional.empty();
        }
        if (variable.equals("BOOTSTRAP_SERVERS")) {
            return Optional.of(dotted(variable));
        }
        if (variable.startsWith(KAFKA)) {
            return Optional.of(dotted(variable.substring(KAFKA.length())));
        }
        if (variable.startsWith(REGISTRY)) {
            return Optional.of(registryKey(variable));
        }
        return Optional.empty();
    }

    private static Optional<String> ownKey(String variable, List<String> problems) {
        if (OWN_KEYS.containsKey(variable)) {
            return Optional.of(OWN_KEYS.get(variable));
        }
        if (variable.endsWith(FILE)) {
            var base = OWN_KEYS.get(variable.substring(0, variable.length() - FILE.length()));
            if (base != null) {
                return Optional.of(base + ".file");
            }
        }
        if (!FOREIGN.matcher(variable).matches()) {
            problems.add(origin(variable) + " is not known" + Nearest.hint(variable, OWN_KEYS.keySet()));
        }
        return Optional.empty();
    }

    /** The address and TLS settings carry the prefix in Confluent's configuration, the others do not. */
    private static String registryKey(String variable) {
        var rest = variable.substring(REGISTRY.length());
        return rest.equals("URL") || rest.equals("URL" + FILE) || rest.startsWith("SSL_")
                ? dotted(variable)
                : dotted(rest);
    }

    private static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static String origin(String variable) {
        return "environment variable " + variable;
    }
}
