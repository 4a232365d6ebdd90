package dev.afterglow.streams.topics;

import dev.afterglow.schemas.topic.PartitionGroup;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.config.TopicConfig;
import dev.afterglow.streams.topics.TopicReport.Line;
import dev.afterglow.streams.topics.TopicReport.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics of the catalogue that are missing and checks those that are there. Topics that are there are never
 * altered: they may be somebody else's.
 */
public final class TopicAdmin {

    private static final Logger LOGGER = LoggerFactory.getLogger(TopicAdmin.class);

    private final TopicCluster cluster;
    private final Topics topics;
    private final TopicConfig config;

    /** @param admin stays the caller's, who closes it */
    public TopicAdmin(Admin admin, Topics topics, TopicConfig config) {
        this.cluster = new TopicCluster(admin);
        this.topics = topics;
        this.config = config;
    }

    /**
     * Compares the cluster with the catalogue and changes nothing.
     *
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer or refuses
     */
    public TopicReport check() {
        return report(describe(), Set.of());
    }

    /**
     * Makes what is missing, then compares. A topic whose group is already there gets the partitions of its group, not
     * those of the configuration: the members of a group have to agree.
     *
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer or refuses
     */
    public TopicReport createMissing() {
        var present = describe();
        var missing = topics.all().stream()
                .filter(topic -> !present.containsKey(topic.name()))
                .map(topic -> newTopic(topic, present))
                .toList();
        if (missing.isEmpty()) {
            return report(present, Set.of());
        }
        var created = cluster.create(missing);
        LOGGER.atInfo().addKeyValue("topics", created).log("Created topics");
        return report(describe(), created);
    }

    private Map<String, TopicState> describe() {
        return cluster.describe(topics.all().stream().map(Topic::name).toList());
    }

    private NewTopic newTopic(Topic<?> topic, Map<String, TopicState> present) {
        var replicas = Optional.of(config.replicationFactor()).filter(factor -> factor > 0);
        return new NewTopic(topic.name(), Optional.of(partitions(topic, present)), replicas).configs(topic.config());
    }

    private int partitions(Topic<?> topic, Map<String, TopicState> present) {
        return topic.partitions() == PartitionGroup.SINGLE
                ? config.partitions(PartitionGroup.SINGLE)
                : topics.all().stream()
                        .filter(other -> other.partitions() == topic.partitions() && present.containsKey(other.name()))
                        .map(other -> present.get(other.name()).partitions())
                        .findFirst()
                        .orElseGet(() -> config.partitions(topic.partitions()));
    }

    private TopicReport report(Map<String, TopicState> present, Set<String> created) {
        var lines = topics.all().stream()
                .map(topic -> line(topic, present, created))
                .toList();
        var groupErrors = new ArrayList<String>();
        for (var group : List.of(PartitionGroup.EXPERIMENTS, PartitionGroup.ACCOUNTS)) {
            groupError(group, present).ifPresent(groupErrors::add);
        }
        return new TopicReport(lines, groupErrors);
    }

    private Line line(Topic<?> topic, Map<String, TopicState> present, Set<String> created) {
        var state = present.get(topic.name());
        if (state == null) {
            return new Line(topic.name(), Status.MISSING, partitions(topic, present), List.of(), List.of());
        }
        var status = created.contains(topic.name()) ? Status.CREATED : Status.PRESENT;
        return new Line(topic.name(), status, state.partitions(), state.errors(topic), state.remarks(topic));
    }

    private Optional<String> groupError(PartitionGroup group, Map<String, TopicState> present) {
        var members = topics.all().stream()
                .filter(topic -> topic.partitions() == group && present.containsKey(topic.name()))
                .map(Topic::name)
                .toList();
        long counts = members.stream()
                .map(name -> present.get(name).partitions())
                .distinct()
                .count();
        if (counts <= 1) {
            return Optional.empty();
        }
        return Optional.of(members.stream()
                .map(name -> name + " has " + present.get(name).partitions())
                .collect(Collectors.joining(
                        ", ",
                        "these topics have to have the same number of partitions, since one task works on the same"
                                + " partition of each: ",
                        "; delete those that are still empty and run 'afterglow topics --apply', or take another"
                                + " afterglow.topic.prefix")));
    }
}
