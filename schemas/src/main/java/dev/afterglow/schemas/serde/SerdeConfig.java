package dev.afterglow.schemas.serde;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** What a serde itself is told, under Confluent's keys and with Confluent's defaults. */
record SerdeConfig(boolean autoRegister, boolean useLatest, boolean latestStrict, boolean specificReader) {
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String LATEST_STRICT = "latest.compatibility.strict";
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final SerdeConfig DEFAULTS = new SerdeConfig(true, false, true, false);
    private static final String TOPIC_NAME_STRATEGY = "TopicNameStrategy";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM, "")
            .define(USE_LATEST, Type.BOOLEAN, false, Importance.MEDIUM, "")
            .define(LATEST_STRICT, Type.BOOLEAN, true, Importance.LOW, "")
            .define(SPECIFIC_READER, Type.BOOLEAN, false, Importance.MEDIUM, "");

    static SerdeConfig from(Map<String, ?> configs, boolean isKey) {
        refuseOtherStrategies(configs, (isKey ? "key" : "value") + ".subject.name.strategy");
        Map<String, Object> values = DEFINITION.parse(configs);
        return new SerdeConfig(
                (Boolean) values.get(AUTO_REGISTER),
                (Boolean) values.get(USE_LATEST),
                (Boolean) values.get(LATEST_STRICT),
                (Boolean) values.get(SPECIFIC_READER));
    }

    private static void refuseOtherStrategies(Map<String, ?> configs, String key) {
        Object strategy = configs.get(key);
        String name = strategy instanceof Class<?> type ? type.getName() : String.valueOf(strategy);
        if (strategy != null && !name.endsWith(TOPIC_NAME_STRATEGY)
                || name.endsWith("." + "Record" + TOPIC_NAME_STRATEGY)) {
            throw new ConfigException(key, name, "only " + TOPIC_NAME_STRATEGY + " is supported: leave the key out");
        }
    }
}
