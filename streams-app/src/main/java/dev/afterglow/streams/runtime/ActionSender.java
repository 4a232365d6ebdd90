package dev.afterglow.streams.runtime;

import dev.afterglow.contract.AlertAction;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.http.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes what people did about alerts to its topic, and waits until it is there. Most instances never do: the client is
 * made for the first.
 */
final class ActionSender implements Consumer<AlertAction>, AutoCloseable {

    private static final int PATIENCE_MS = 10_000;

    private final Map<String, Object> settings;
    private final Topic<AlertAction> topic;
    private final Serializer<AlertAction> values;
    private Producer<String, AlertAction> producer;

    /** @param client Kafka client settings: bootstrap servers and security */
    ActionSender(Map<String, Object> client, Topic<AlertAction> topic, Serializer<AlertAction> values) {
        settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "afterglow-actions");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        this.topic = topic;
        this.values = values;
    }

    /** @throws UnavailableException when it is not certain to have been written */
    @Override
    public void accept(AlertAction action) {
        try {
            producer()
                    .send(new ProducerRecord<>(topic.name(), action.getSubject(), action))
                    .get(2 * PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the instance is stopping", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new UnavailableException("the action could not be written to " + topic.name(), e);
        }
    }

    private synchronized Producer<String, AlertAction> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), values);
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(3));
        }
    }
}
