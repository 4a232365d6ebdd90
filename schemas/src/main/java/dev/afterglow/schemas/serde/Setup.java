package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.SchemaRegistry;

/** What a serializer or deserializer works with once it is configured. */
record Setup(SchemaRegistry registry, SerdeConfig config, boolean isKey) {
    String subject(String topic) {
        return topic + (isKey ? "-key" : "-value");
    }

    static Setup require(Setup setup, Object owner) {
        if (setup == null) {
            throw new IllegalStateException(
                    owner.getClass().getSimpleName() + " is not configured: call configure(configs, isKey) before use");
        }
        return setup;
    }
}
