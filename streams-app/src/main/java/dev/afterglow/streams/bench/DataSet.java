package dev.afterglow.streams.bench;

import dev.afterglow.schemas.topic.Topics;

/**
 * What lies in the broker, with the right answer.
 *
 * @param spec what it was made after
 * @param topics the topics it is in
 * @param distinct the count of every event once
 * @param records the count of every record, repeated events as often as they were sent
 * @param bytes bytes of the source on disk
 * @param averageValue bytes of a value before compression, on average
 */
record DataSet(DataSpec spec, Topics topics, Tally distinct, Tally records, long bytes, double averageValue) {

    String source() {
        return topics.evaluations().name();
    }
}
