package dev.afterglow.streams.progress;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.state.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Tells everybody, every second, up to when this instance can answer: a row {@code served/<instance>} in the progress
 * topic. An instance that cannot answer yet says so with a watermark of 1970, so that whoever waits for it knows of it.
 */
public final class ServedBeacon implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Producer<String, Progress> producer;
    private final String topic;
    private final String instance;
    private final String address;
    private final Supplier<SettlementStatus> status;
    private final Clock clock;
    private final Ticker ticker;

    ServedBeacon(
            Producer<String, Progress> producer,
            String topic,
            String instance,
            String address,
            Supplier<SettlementStatus> status,
            Clock clock) {
        this.producer = producer;
        this.topic = topic;
        this.instance = instance;
        this.address = address;
        this.status = status;
        this.clock = clock;
        this.ticker = new Ticker("served-beacon", INTERVAL, this::send);
    }

    /**
     * Starts to send.
     *
     * @param client Kafka client settings: bootstrap servers and security
     * @param topic the progress topic
     * @param serializer of its values
     * @param instance id of this instance, the same after a restart
     * @param address where its HTTP interface answers, {@code http://host:port}
     * @param status what it can answer, normally {@link SettlementMonitor#status}
     * @param clock the present
     */
    public static ServedBeacon start(
            Map<String, Object> client,
            Topic<Progress> topic,
            Serializer<Progress> serializer,
            String instance,
            String address,
            Supplier<SettlementStatus> status,
            Clock clock) {
        var settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "afterglow-served-beacon");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // A row that is older than the next one helps nobody.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer);
        var beacon = new ServedBeacon(producer, topic.name(), instance, address, status, clock);
        beacon.ticker.start();
        return beacon;
    }

    /** Signs off: nobody waits for this instance any longer. */
    @Override
    public void close() {
        ticker.close();
        try {
            producer.send(new ProducerRecord<>(topic, key(), null));
        } finally {
            producer.close(CLOSE_WITHIN);
        }
    }

    /** Sends one row. */
    void send() {
        var row = Progress.newBuilder()
                .setStage(Stages.served(instance))
                .setPartition(-1)
                .setWatermark(status.get().served().orElse(Instant.EPOCH))
                .setAsOf(clock.instant())
                .setAddress(address)
                .build();
        producer.send(new ProducerRecord<>(topic, key(), row));
    }

    private String key() {
        return Stages.key(Stages.served(instance), -1);
    }
}
