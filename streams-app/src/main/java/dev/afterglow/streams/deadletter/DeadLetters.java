package dev.afterglow.streams.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes the records of {@code dead-letters}: key and value as they came, everything else in headers. */
public final class DeadLetters {

    /** Header: why, a {@link DeadLetterReason} by name. */
    public static final String REASON = "afterglow.reason";
    /** Header: what exactly was wrong, for people. */
    public static final String DETAIL = "afterglow.detail";
    /** Header: topic the record was read from. */
    public static final String TOPIC = "afterglow.topic";
    /** Header: partition it was read from. */
    public static final String PARTITION = "afterglow.partition";
    /** Header: its offset there. */
    public static final String OFFSET = "afterglow.offset";
    /** Header: which of the evaluations in the record, from 0, where it holds several. */
    public static final String ELEMENT = "afterglow.element";
    /** Header: when the record arrived, ISO-8601 in UTC. */
    public static final String ARRIVED = "afterglow.arrived";

    /** Header: how long the value was, where it was too long to be kept whole. */
    public static final String CUT = "afterglow.cut-from-bytes";

    /** Unpacked, a record may be larger than what its topic takes; a dead letter has to fit in any case. */
    private static final int LONGEST = 8 * 1024 * 1024;

    private DeadLetters() {}

    /**
     * The dead letter for a record as it was polled.
     *
     * @param detail what was wrong, in words; must not quote the payload
     */
    public static Record<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail) {
        // Kafka has no time for records of very old clients, and says so with -1.
        var whole = new Record<>(record.key(), record.value(), Math.max(0, record.timestamp()), record.headers());
        var headers = headers(whole, record.topic(), record.partition(), record.offset());
        return letter(whole, headers, 0, reason, detail);
    }

    /**
     * The dead letter for a record.
     *
     * @param detail what was wrong, in words; must not quote the payload
     */
    public static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, RecordMetadata position, DeadLetterReason reason, String detail) {
        return of(record, position, 0, reason, detail);
    }

    /**
     * The dead letter for one element of a record that holds several.
     *
     * @param element which one, from 0
     * @param detail what was wrong, in words; must not quote the payload
     */
    public static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record,
            RecordMetadata position,
            int element,
            DeadLetterReason reason,
            String detail) {
        var headers = headers(record, position.topic(), position.partition(), position.offset());
        return letter(record, headers, element, reason, detail);
    }

    private static Headers headers(Record<byte[], byte[]> record, String topic, int partition, long offset) {
        var headers = new RecordHeaders(record.headers());
        put(headers, TOPIC, topic);
        put(headers, PARTITION, Integer.toString(partition));
        put(headers, OFFSET, Long.toString(offset));
        put(headers, ARRIVED, Instant.ofEpochMilli(record.timestamp()).toString());
        return headers;
    }

    private static Record<byte[], byte[]> letter(
            Record<byte[], byte[]> record, Headers headers, int element, DeadLetterReason reason, String detail) {
        put(headers, REASON, reason.name());
        put(headers, DETAIL, detail);
        put(headers, ELEMENT, Integer.toString(element));
        return new Record<>(cut(record.key()), cut(record.value(), headers), record.timestamp(), headers);
    }

    private static byte[] cut(byte[] value, Headers headers) {
        if (value != null && value.length > LONGEST) {
            put(headers, CUT, Integer.toString(value.length));
        }
        return cut(value);
    }

    private static byte[] cut(byte[] bytes) {
        return bytes == null || bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
