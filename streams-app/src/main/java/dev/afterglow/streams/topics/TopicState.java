package dev.afterglow.streams.topics;

import dev.afterglow.schemas.topic.CleanupPolicy;
import dev.afterglow.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A topic as the cluster has it.
 *
 * @param partitions how many
 * @param config its settings, defaults among them
 */
record TopicState(int partitions, Map<String, String> config) {

    private static final String CLEANUP = "cleanup.policy";
    private static final String RETENTION = "retention.ms";
    private static final String TIMESTAMP = "message.timestamp.type";

    /** What makes results wrong: a topic that forgets what must stay, or times that a producer can set. */
    List<String> errors(Topic<?> topic) {
        var errors = new ArrayList<String>();
        var wanted = topic.config();
        if (!policies(config.get(CLEANUP)).equals(policies(wanted.get(CLEANUP)))) {
            errors.add(change(topic, CLEANUP, "[" + wanted.get(CLEANUP) + "]"));
        }
        if (!wanted.get(TIMESTAMP).equals(config.get(TIMESTAMP))) {
            errors.add(change(topic, TIMESTAMP, wanted.get(TIMESTAMP)));
        }
        return errors;
    }

    List<String> remarks(Topic<?> topic) {
        var wanted = topic.config().get(RETENTION);
        return topic.cleanup() == CleanupPolicy.COMPACT || wanted.equals(config.get(RETENTION))
                ? List.of()
                : List.of(RETENTION + " is " + config.get(RETENTION) + ", the catalogue has " + wanted);
    }

    private String change(Topic<?> topic, String key, String wanted) {
        return key + " of " + topic + " is " + config.get(key) + ": kafka-configs.sh --alter --entity-type topics"
                + " --entity-name " + topic + " --add-config '" + key + "=" + wanted + "'";
    }

    private static Set<String> policies(String value) {
        return value == null ? Set.of() : Set.of(value.replace(" ", "").split(","));
    }
}
