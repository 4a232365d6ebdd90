package dev.afterglow.streams.bundle;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/** Joins the records of a poll, those of one partition to one record. */
final class Bundler {

    private static final byte[] NOTHING = {};

    private final Clock clock;

    /** @param clock the present: no bundle is of the future, whatever stamped its records */
    Bundler(Clock clock) {
        this.clock = clock;
    }

    ConsumerRecords<byte[], byte[]> join(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty()) {
            return polled;
        }
        var joined = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        long now = clock.millis();
        for (var partition : polled.partitions()) {
            var records = polled.records(partition);
            if (!records.isEmpty()) {
                joined.put(partition, List.of(carrier(records, now)));
            }
        }
        return new ConsumerRecords<>(joined, polled.nextOffsets());
    }

    /** As long as it waits, its partition is committed up to its offset: none of the records is done before that. */
    private static ConsumerRecord<byte[], byte[]> carrier(List<ConsumerRecord<byte[], byte[]>> records, long now) {
        var first = records.get(0);
        long timestamp = 0;
        long bytes = 0;
        for (var record : records) {
            timestamp = Math.max(timestamp, Math.min(record.timestamp(), now));
            bytes += size(record.serializedKeySize()) + size(record.serializedValueSize());
        }
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                timestamp,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                (int) Math.min(bytes, Integer.MAX_VALUE),
                null,
                NOTHING,
                new BundleHeaders(Bundle.of(records)),
                first.leaderEpoch());
    }

    private static int size(int serialized) {
        return Math.max(0, serialized);
    }
}
