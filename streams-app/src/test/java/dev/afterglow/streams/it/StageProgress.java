package dev.afterglow.streams.it;

import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.cleanup.CleanupTopology;
import dev.afterglow.streams.progress.Stages;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the stage of clean-up has come, as the broker knows it.
 *
 * @param partitions of the topics that it reads, and of alerts
 */
public record StageProgress(Admin admin, Topics topics, int partitions, Committed committed) {

    private static final int ANSWERS_WITHIN_S = 30;

    /** Whether everything before an instant has been judged. */
    public boolean hasJudged(Instant upTo) {
        return new Stages(Map.of(CleanupTopology.STAGE, partitions))
                .watermark(committed.values(topics.progress()))
                .filter(at -> !at.isBefore(upTo))
                .isPresent();
    }

    /** How many records have been read. */
    public long read() throws Exception {
        return admin
                .listConsumerGroupOffsets(topics.prefix() + CleanupTopology.STAGE)
                .partitionsToOffsetAndMetadata()
                .get(ANSWERS_WITHIN_S, TimeUnit.SECONDS)
                .values()
                .stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** How many records of the topic of alerts are not committed. */
    public long uncommitted() throws Exception {
        return ends(IsolationLevel.READ_UNCOMMITTED) - ends(IsolationLevel.READ_COMMITTED);
    }

    private long ends(IsolationLevel level) throws Exception {
        var topic = topics.cleanupAlerts().name();
        var asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return admin
                .listOffsets(asked, new ListOffsetsOptions(level))
                .all()
                .get(ANSWERS_WITHIN_S, TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
