package dev.afterglow.streams.runtime;

import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.cleanup.CleanupTopology;
import dev.afterglow.streams.cost.CostTopology;
import dev.afterglow.streams.impressions.ImpressionsTopology;
import dev.afterglow.streams.intake.IntakeTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Refuses sources whose number of partitions is not the one that the state was built for: keys would be looked for in
 * partitions in which they never were, and duplicates would be counted.
 */
final class SourcePartitions {

    private SourcePartitions() {}

    /** What has changed, each with the procedure; empty when nothing has. */
    static List<String> problems(Admin admin, Topics topics, Partitions partitions) {
        var problems = new ArrayList<String>();
        check(
                admin,
                topics,
                IntakeTopology.STAGE,
                IntakeTopology.EVENT_IDS,
                topics.evaluations().name(),
                partitions.intake(),
                problems);
        check(
                admin,
                topics,
                ImpressionsTopology.STAGE,
                ImpressionsTopology.COUNTS,
                topics.deltas().name(),
                partitions.experiments(),
                problems);
        check(
                admin,
                topics,
                CleanupTopology.STAGE,
                CleanupTopology.CASES,
                topics.traffic().name(),
                partitions.experiments(),
                problems);
        check(
                admin,
                topics,
                CostTopology.STAGE,
                CostTopology.USAGE_DAYS,
                topics.usage().name(),
                partitions.accounts(),
                problems);
        return problems;
    }

    private static void check(
            Admin admin,
            Topics topics,
            String stage,
            String store,
            String source,
            int partitions,
            List<String> problems) {
        var changelog = Stage.applicationId(topics, stage) + '-' + store + "-changelog";
        int before = partitionsOf(admin, changelog, partitions);
        if (before != partitions) {
            problems.add("topic " + source + " has " + partitions + " partitions, but the state of stage " + stage
                    + " was built for " + before + ". Either give it " + before
                    + " partitions again, by making it anew; or start over under another afterglow.topic.prefix, replay"
                    + " what is still kept, and move the subscribers when the counts agree");
        }
    }

    private static int partitionsOf(Admin admin, String changelog, int otherwise) {
        try {
            Map<String, org.apache.kafka.clients.admin.TopicDescription> found =
                    admin.describeTopics(List.of(changelog)).allTopicNames().get();
            return found.get(changelog).partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return otherwise;
            }
            throw new KafkaException("cannot describe the topic " + changelog, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }
}
