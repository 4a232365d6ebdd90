package dev.afterglow.streams.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Which client knows which setting, so that none is given what belongs to another and warns about it. */
final class KafkaNames {

    private static final Set<String> KNOWN = known();

    private KafkaNames() {}

    static boolean isKnown(String key) {
        return KNOWN.contains(key);
    }

    /**
     * The settings for one kind of client: those it knows, those no Kafka client knows (a plug-in may want them, the
     * registry's excepted), and those written with the prefix of the client, which win.
     */
    static Map<String, Object> select(Map<String, String> settings, Set<String> names, String prefix) {
        var selected = new TreeMap<String, Object>();
        copy(settings, key -> names.contains(key) || isPlugIn(key), "", selected);
        copy(settings, key -> key.startsWith(prefix), prefix, selected);
        return selected;
    }

    private static void copy(
            Map<String, String> settings, Predicate<String> wanted, String prefix, Map<String, Object> selected) {
        settings.forEach((key, value) -> {
            if (wanted.test(key)) {
                selected.put(key.substring(prefix.length()), value);
            }
        });
    }

    private static boolean isPlugIn(String key) {
        return !isKnown(key) && !isRegistry(key) && !isPrefixed(key);
    }

    private static boolean isRegistry(String key) {
        return key.startsWith("schema.registry.")
                || key.startsWith("basic.auth.")
                || key.startsWith("bearer.auth.")
                || Set.of("auto.register.schemas", "use.latest.version", "specific.avro.reader")
                        .contains(key);
    }

    private static boolean isPrefixed(String key) {
        return key.startsWith(StreamsConfig.PRODUCER_PREFIX)
                || key.startsWith(StreamsConfig.ADMIN_CLIENT_PREFIX)
                || key.startsWith(StreamsConfig.CONSUMER_PREFIX)
                || key.startsWith(StreamsConfig.MAIN_CONSUMER_PREFIX)
                || key.startsWith(StreamsConfig.RESTORE_CONSUMER_PREFIX)
                || key.startsWith(StreamsConfig.GLOBAL_CONSUMER_PREFIX)
                || key.startsWith("topic.");
    }

    private static Set<String> known() {
        var names = new HashSet<>(ProducerConfig.configNames());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        names.addAll(StreamsConfig.configDef().names());
        return Set.copyOf(names);
    }
}
