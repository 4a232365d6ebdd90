package dev.afterglow.streams.config;

import dev.afterglow.schemas.topic.PartitionGroup;

/**
 * How topics are named and created.
 *
 * @param prefix what every name begins with
 * @param evaluationsPartitions partitions of the raw events, 1 or more
 * @param experimentsPartitions partitions of topics keyed by experiment, 1 or more
 * @param accountsPartitions partitions of topics keyed by account, 1 or more
 * @param replicationFactor replicas, 1 or more; -1 leaves it to the broker
 * @param create whether missing topics are created at start
 */
public record TopicConfig(
        String prefix,
        int evaluationsPartitions,
        int experimentsPartitions,
        int accountsPartitions,
        short replicationFactor,
        boolean create) {

    /** Partitions with which a topic of the group is created. */
    public int partitions(PartitionGroup group) {
        return switch (group) {
            case EVENTS -> evaluationsPartitions;
            case EXPERIMENTS -> experimentsPartitions;
            case ACCOUNTS -> accountsPartitions;
            case SINGLE -> 1;
        };
    }

    static TopicConfig read(ConfigReader reader) {
        return new TopicConfig(
                reader.matching(
                        ConfigKey.TOPIC_PREFIX,
                        "[a-zA-Z0-9._-]{0,200}",
                        "topic names consist of letters, digits, '.', '_' and '-'"),
                partitions(reader, ConfigKey.EVALUATIONS_PARTITIONS),
                partitions(reader, ConfigKey.EXPERIMENTS_PARTITIONS),
                partitions(reader, ConfigKey.ACCOUNTS_PARTITIONS),
                replicas(reader),
                reader.flag(ConfigKey.TOPICS_CREATE));
    }

    private static int partitions(ConfigReader reader, ConfigKey key) {
        return reader.integer(key, 1, 100_000);
    }

    private static short replicas(ConfigReader reader) {
        int replicas = reader.integer(ConfigKey.TOPIC_REPLICATION_FACTOR, -1, Short.MAX_VALUE);
        if (replicas == 0) {
            reader.refuse(ConfigKey.TOPIC_REPLICATION_FACTOR, "write -1 for the broker's default, or 1 or more");
        }
        return (short) replicas;
    }
}
