package dev.afterglow.streams.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The few questions we have for a cluster, without futures. */
final class TopicCluster {

    private static final int VISIBILITY_TRIES = 300;
    private static final Duration VISIBILITY_PAUSE = Duration.ofMillis(100);

    private final Admin admin;

    TopicCluster(Admin admin) {
        this.admin = admin;
    }

    /** Those of the topics that are there. */
    Map<String, TopicState> describe(Collection<String> names) {
        var partitions = new HashMap<String, Integer>();
        admin.describeTopics(names).topicNameValues().forEach((name, description) -> {
            try {
                partitions.put(name, get(description).partitions().size());
            } catch (UnknownTopicOrPartitionException missing) {
                // A topic that is not there is an answer.
            }
        });
        var configs = configs(partitions.keySet());
        return partitions.entrySet().stream()
                .filter(entry -> configs.containsKey(entry.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new TopicState(entry.getValue(), configs.get(entry.getKey()))));
    }

    /**
     * Makes the topics and waits until they can be seen; one that somebody else has made meanwhile is fine.
     *
     * @return names of those that were made here
     */
    Set<String> create(List<NewTopic> topics) {
        var created = new HashSet<String>();
        admin.createTopics(topics).values().forEach((name, result) -> {
            try {
                get(result);
                created.add(name);
            } catch (TopicExistsException alreadyThere) {
                // Two instances that start together both try.
            }
        });
        awaitVisible(topics.stream().map(NewTopic::name).toList());
        return created;
    }

    /** Metadata reaches the brokers a moment after the controller has answered. */
    private void awaitVisible(List<String> names) {
        for (int tries = 0; tries < VISIBILITY_TRIES; tries++) {
            if (describe(names).size() == names.size()) {
                return;
            }
            LockSupport.parkNanos(VISIBILITY_PAUSE.toNanos());
        }
        var invisible = new ArrayList<>(names);
        invisible.removeAll(describe(names).keySet());
        throw new KafkaException("topics were created but cannot be seen: " + invisible + "; check the brokers");
    }

    private Map<String, Map<String, String>> configs(Set<String> names) {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var configs = new HashMap<String, Map<String, String>>();
        admin.describeConfigs(resources).values().forEach((resource, config) -> {
            try {
                configs.put(resource.name(), values(get(config)));
            } catch (UnknownTopicOrPartitionException missing) {
                // Deleted, or not yet known, between the two questions.
            }
        });
        return configs;
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new KafkaException(failed.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
