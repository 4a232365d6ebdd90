package dev.afterglow.streams.it;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends to the topic of evaluations, keyed by unit. */
public final class Sender implements AutoCloseable {

    private final Connection connection;
    private final Producer<String, byte[]> producer;
    private final Topic<EvaluationEvent> topic;
    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();

    Sender(AppConfig config) {
        connection = new Connection(config);
        producer = connection.producer(Map.of());
        topic = config.topics().evaluations();
    }

    /** Sends events from one number to below another. */
    void send(Traffic traffic, long from, long to) {
        for (long number = from; number < to; number++) {
            send(traffic.event(number));
        }
    }

    /** Sends an event. */
    public Future<RecordMetadata> send(EvaluationEvent event) {
        return send(event.getUnit(), encode(event));
    }

    Future<RecordMetadata> send(String unit, byte[] value) {
        var sent = producer.send(new ProducerRecord<>(topic.name(), unit, value));
        underWay.add(sent);
        return sent;
    }

    byte[] encode(EvaluationEvent event) {
        return connection.encode(topic, event);
    }

    /** Waits until the broker has all of it. */
    public void await() throws ExecutionException, InterruptedException, TimeoutException {
        producer.flush();
        for (var sent : underWay) {
            sent.get(30, TimeUnit.SECONDS);
        }
        underWay.clear();
    }

    @Override
    public void close() {
        producer.close();
        connection.close();
    }
}
