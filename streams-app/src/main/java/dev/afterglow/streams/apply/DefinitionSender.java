package dev.afterglow.streams.apply;

import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.RecordEncoder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Sends definitions in one transaction: readers see all of them or none. */
public final class DefinitionSender {

    private final Topics topics;
    private final RecordEncoder encoder;

    /** @param encoder writes the values; asked for all of them before anything is sent */
    public DefinitionSender(Topics topics, RecordEncoder encoder) {
        this.topics = topics;
        this.encoder = encoder;
    }

    /**
     * Sends and waits until the brokers have committed.
     *
     * @param producer transactional; stays the caller's, who closes it
     * @return how many records were sent
     * @throws KafkaException when nothing was sent
     */
    public int send(DefinitionSet definitions, Producer<String, byte[]> producer) {
        var records = definitions.encode(topics, encoder);
        producer.initTransactions();
        producer.beginTransaction();
        try {
            records.forEach(producer::send);
            producer.commitTransaction();
        } catch (KafkaException failed) {
            abort(producer, failed);
            throw failed;
        }
        return records.size();
    }

    /** A producer that cannot abort any more has been fenced or has lost the brokers: the transaction then times out. */
    private static void abort(Producer<String, byte[]> producer, KafkaException failed) {
        try {
            producer.abortTransaction();
        } catch (KafkaException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }
}
