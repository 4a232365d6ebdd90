package dev.afterglow.streams.bundle;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Records that follow one another in one partition, as they were polled, and that are worked off as one. */
public final class Bundle {

    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final byte[] value;

    private Bundle(List<ConsumerRecord<byte[], byte[]>> records, byte[] value) {
        this.records = records;
        this.value = value;
    }

    static Bundle of(List<ConsumerRecord<byte[], byte[]>> records) {
        return new Bundle(records, null);
    }

    /** Of a record that came as it is, since another consumer has read it. */
    static Bundle alone(byte[] value) {
        return new Bundle(null, value);
    }

    /**
     * The records, in the order of their offsets; there is one at least.
     *
     * @param carrier what Kafka Streams handed on, with this as its value
     * @param position of the carrier
     */
    public List<ConsumerRecord<byte[], byte[]>> records(Record<byte[], Bundle> carrier, RecordMetadata position) {
        return records != null ? records : List.of(alone(carrier, position));
    }

    private ConsumerRecord<byte[], byte[]> alone(Record<byte[], Bundle> carrier, RecordMetadata position) {
        return new ConsumerRecord<>(
                position.topic(),
                position.partition(),
                position.offset(),
                carrier.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                carrier.key(),
                value,
                carrier.headers(),
                Optional.empty());
    }
}
