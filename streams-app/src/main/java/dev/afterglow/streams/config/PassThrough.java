package dev.afterglow.streams.config;

import java.util.Map;
import java.util.TreeMap;

/** The settings that belong to Kafka or to the registry: those we have a default for, and the checks we can make early. */
final class PassThrough {

    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String REGISTRY_URL = "schema.registry.url";

    private static final String MAX_POLL_INTERVAL = "max.poll.interval.ms";
    private static final long MAX_POLL_INTERVAL_DEFAULT = 300_000;
    static final Map<String, String> DEFAULTS =
            Map.of(BOOTSTRAP_SERVERS, "127.0.0.1:9092", REGISTRY_URL, "http://127.0.0.1:8081");

    private PassThrough() {}

    static Map<String, String> read(Map<String, Setting> settings, ConfigReader reader) {
        var values = new TreeMap<>(DEFAULTS);
        settings.forEach((key, setting) -> {
            if (!ConfigKey.isOurs(key)) {
                values.put(key, setting.value());
            }
        });
        check(
                settings,
                reader,
                BOOTSTRAP_SERVERS,
                "[^\\s,]+:[0-9]{1,5}(\\s*,\\s*[^\\s,]+:[0-9]{1,5})*",
                "write host:port, host:port");
        check(
                settings,
                reader,
                REGISTRY_URL,
                "(https?|mock)://[^\\s,]*(\\s*,\\s*(https?|mock)://[^\\s,]*)*",
                "write http://host:port, separated by commas");
        return values;
    }

    /** A thread that waits longer for the registry than the group waits for it is fenced while it waits. */
    static void checkRetryBudget(FlowConfig flow, Map<String, String> values, ConfigReader reader) {
        long limit = longest(values);
        if (flow.registryRetryBudget().toMillis() >= limit) {
            reader.refuse(
                    ConfigKey.REGISTRY_RETRY_BUDGET,
                    "it has to stay below " + MAX_POLL_INTERVAL + " = " + limit + ": lower it, or raise the other");
        }
    }

    private static long longest(Map<String, String> values) {
        var value = values.getOrDefault(
                "main.consumer." + MAX_POLL_INTERVAL,
                values.getOrDefault("consumer." + MAX_POLL_INTERVAL, values.get(MAX_POLL_INTERVAL)));
        return value != null && value.matches("[0-9]{1,10}") ? Long.parseLong(value) : MAX_POLL_INTERVAL_DEFAULT;
    }

    private static void check(
            Map<String, Setting> settings, ConfigReader reader, String key, String pattern, String remedy) {
        var setting = settings.get(key);
        if (setting != null && !setting.value().matches(pattern)) {
            reader.refuse(key, setting, remedy);
        }
    }
}
