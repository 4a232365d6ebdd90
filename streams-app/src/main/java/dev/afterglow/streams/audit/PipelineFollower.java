package dev.afterglow.streams.audit;

import dev.afterglow.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Follows the ledger and the progress of the stages until the counts are settled. */
final class PipelineFollower {

    private static final Duration POLL = Duration.ofMillis(250);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Decoding decoding;
    private final Topics topics;
    private final Clock clock;

    /** @param consumer read_committed; used by this alone until {@link #await} returns */
    PipelineFollower(KafkaConsumer<byte[], byte[]> consumer, Decoding decoding, Topics topics, Clock clock) {
        this.consumer = consumer;
        this.decoding = decoding;
        this.topics = topics;
        this.clock = clock;
    }

    /** @throws AuditRefusedException saying what is missing when the time is up */
    Settled await(PipelineWait wait, Duration timeout) {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : List.of(topics.intakeLedger().name(), topics.progress().name())) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var until = clock.instant().plus(timeout);
        while (!wait.isSettled()) {
            if (clock.instant().isAfter(until)) {
                throw new AuditRefusedException("the pipeline has not settled within " + timeout.toSeconds()
                        + " s; is 'afterglow run' running? " + String.join("; ", wait.whatIsMissing()));
            }
            consumer.poll(POLL).forEach(record -> read(record, wait));
        }
        return wait.settled();
    }

    private void read(ConsumerRecord<byte[], byte[]> record, PipelineWait wait) {
        if (record.value() == null) {
            return;
        }
        if (record.topic().equals(topics.progress().name())) {
            wait.progress(decoding.progress(record));
        } else if (Decoding.key(record).startsWith(topics.evaluations().name() + '/')) {
            wait.ledger(decoding.ledger(record));
        }
    }
}
