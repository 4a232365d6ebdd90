package dev.afterglow.streams.replay;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Records under way: what was acknowledged, and what went wrong first. */
final class Shipment {

    private static final long NONE = -1;

    private final Producer<String, byte[]> producer;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong newestArrival = new AtomicLong(NONE);
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    Shipment(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** Sends without waiting; the timestamp is left to Kafka, since on our topics it means when a record was written. */
    void send(String topic, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, key, value), this::completed);
        } catch (KafkaException refused) {
            fail(refused);
        }
    }

    /** Notes that a record could not be made ready; the first failure is the one that is told. */
    void fail(Exception problem) {
        failure.compareAndSet(null, problem);
    }

    /** Waits until every record is acknowledged or has failed. */
    void finish() {
        try {
            producer.flush();
        } catch (KafkaException interrupted) {
            fail(interrupted);
        }
    }

    boolean failed() {
        return failure.get() != null;
    }

    long sent() {
        return sent.get();
    }

    Optional<Exception> failure() {
        return Optional.ofNullable(failure.get());
    }

    Optional<Instant> newestArrival() {
        return Optional.of(newestArrival.get()).filter(millis -> millis != NONE).map(Instant::ofEpochMilli);
    }

    private void completed(RecordMetadata metadata, Exception problem) {
        if (problem != null) {
            fail(problem);
        } else {
            sent.incrementAndGet();
            newestArrival.accumulateAndGet(metadata.timestamp(), Math::max);
        }
    }
}
