package dev.afterglow.streams.demo;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.RecordEncoder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** The services of a demo over Kafka and HTTP. The producer is the caller's to close. */
public final class KafkaDemoServices implements DemoServices {

    private static final String SETTLED = "settled";
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final Producer<String, byte[]> producer;
    private final RecordEncoder encoder;
    private final Topics topics;
    private final URI http;
    private final ApiClient api;
    private final Duration patience;
    private final Clock clock;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param http base address of the HTTP API
     * @param patience how long the pipeline may take to settle
     */
    public KafkaDemoServices(
            Producer<String, byte[]> producer,
            RecordEncoder encoder,
            Topics topics,
            URI http,
            Duration patience,
            Clock clock) {
        this.producer = producer;
        this.encoder = encoder;
        this.topics = topics;
        this.http = http;
        this.api = new ApiClient(http);
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void send(GeneratedRecord generated) {
        var topic = topics.evaluations();
        send(topic, generated.key(), generated.value(event -> encoder.encode(topic, event)));
    }

    @Override
    public void send(ProjectPolicy policy) {
        encodeAndSend(topics.projects(), policy.getProject(), policy);
    }

    @Override
    public void send(ExperimentDefinition definition) {
        var key = new ExperimentKey(definition.getProject(), definition.getEnvironment(), definition.getExperiment());
        encodeAndSend(topics.experiments(), key.toString(), definition);
    }

    @Override
    public void send(PricePlan plan) {
        encodeAndSend(topics.pricePlans(), plan.getAccount(), plan);
    }

    @Override
    public void send(Budget budget) {
        encodeAndSend(topics.budgets(), budget.getBudgetId(), budget);
    }

    /** Asks the API until it says that all that had arrived by now, or later, is settled. */
    @Override
    public void awaitSettled() throws InterruptedException, TimeoutException {
        producer.flush();
        throwFailure();
        var sent = clock.instant();
        var deadline = sent.plus(patience);
        while (true) {
            var answer = status(sent);
            if (answer.equals(SETTLED)) {
                return;
            }
            if (!clock.instant().isBefore(deadline)) {
                throw new TimeoutException("the pipeline has not settled within " + patience.toSeconds() + " s: "
                        + answer + "; see its log for the reason");
            }
            Thread.sleep(ASK_AGAIN.toMillis());
        }
    }

    @Override
    public URI http() {
        return http;
    }

    /** {@value #SETTLED}, or what is in the way. */
    private String status(Instant sent) {
        try {
            var status = api.get("status");
            var asOf = Instant.parse(status.path("asOf").asText());
            return status.path("settled").asBoolean() && !asOf.isBefore(sent) ? SETTLED : "status is " + status;
        } catch (ApiException e) {
            return e.getMessage();
        }
    }

    private <V extends SpecificRecord> void encodeAndSend(Topic<V> topic, String key, V value) {
        send(topic, key, encoder.encode(topic, value));
    }

    private void send(Topic<?> topic, String key, byte[] value) {
        throwFailure();
        // No time of our own: arrival is when the record is written.
        producer.send(new ProducerRecord<>(topic.name(), key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    private void throwFailure() {
        var reason = failure.get();
        if (reason != null) {
            throw new KafkaException("a record of the demo could not be sent: " + reason.getMessage(), reason);
        }
    }
}
