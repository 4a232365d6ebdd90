package dev.afterglow.streams.runtime;

import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.topics.TopicReport;

/**
 * How many partitions the topics between the stages really have.
 *
 * @param intake of {@code evaluations}
 * @param experiments of the topics keyed by experiment
 * @param accounts of the topics keyed by account
 */
record Partitions(int intake, int experiments, int accounts) {

    static Partitions of(TopicReport report, Topics topics) {
        return new Partitions(
                report.partitions(topics.evaluations()),
                report.partitions(topics.traffic()),
                report.partitions(topics.usage()));
    }
}
