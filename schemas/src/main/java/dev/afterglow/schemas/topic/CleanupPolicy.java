package dev.afterglow.schemas.topic;

/** How a topic is kept, as Kafka's {@code cleanup.policy} has it. */
public enum CleanupPolicy {
    /** Records expire with age, or never when the retention is unlimited. */
    DELETE("delete"),
    /** The newest record of each key is kept. */
    COMPACT("compact"),
    /** The newest record of each key is kept until it expires with age. */
    COMPACT_AND_DELETE("compact,delete");

    private final String configValue;

    CleanupPolicy(String configValue) {
        this.configValue = configValue;
    }

    /** The value of {@code cleanup.policy}. */
    public String configValue() {
        return configValue;
    }
}
