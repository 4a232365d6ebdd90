package dev.afterglow.streams.bundle;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** An application that passes on the offset of each record of a topic with one partition. */
record RelayStand(String servers, String prefix, Path directory) {

    private static final int POLLED = 200;

    /**
     * What a test watches and causes.
     *
     * @param failAt offset before which the processor fails, once
     * @param holdSecond what the second bundle waits for, after the commit that the first one has asked for
     */
    record Probe(
            AtomicInteger bundles,
            AtomicInteger failures,
            AtomicInteger failAt,
            AtomicReference<CountDownLatch> holdSecond) {
        Probe() {
            this(new AtomicInteger(), new AtomicInteger(), new AtomicInteger(-1), new AtomicReference<>());
        }
    }

    static RelayStand create(String servers, Path directory) {
        var stand = new RelayStand(servers, "b" + UUID.randomUUID().toString().substring(0, 8) + ".", directory);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(
                            new NewTopic(stand.in().topic(), 1, (short) 1),
                            new NewTopic(stand.out().topic(), 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return stand;
    }

    KafkaStreams streams(Probe probe, Duration commitInterval) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.consumerPrefix("max.poll.records"), POLLED);
        properties.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
        properties.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 900_000);
        var topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new BundleDeserializer(), in().topic())
                .addProcessor("relay", () -> new Relay(probe), "source")
                .addSink("sink", out().topic(), new ByteArraySerializer(), new LongSerializer(), "relay");
        var streams = new KafkaStreams(topology, properties, new BundlingClients(Clock.systemUTC()));
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        return streams;
    }

    void send(int events) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int event = 0; event < events; event++) {
                producer.send(new ProducerRecord<>(in().topic(), new byte[] {1}));
            }
        }
    }

    /** @return what a reader of committed records finds */
    List<Long> relayed() {
        var settings = Map.<String, Object>of("bootstrap.servers", servers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new LongDeserializer())) {
            consumer.assign(List.of(out()));
            consumer.seekToBeginning(List.of(out()));
            long end = consumer.endOffsets(List.of(out())).get(out());
            var offsets = new ArrayList<Long>();
            while (consumer.position(out()) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> offsets.add(record.value()));
            }
            return offsets;
        }
    }

    long committedOffset() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var committed = admin.listConsumerGroupOffsets(application())
                    .partitionsToOffsetAndMetadata()
                    .get();
            return committed.get(in()).offset();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TopicPartition in() {
        return new TopicPartition(prefix + "in", 0);
    }

    private TopicPartition out() {
        return new TopicPartition(prefix + "out", 0);
    }

    private String application() {
        return prefix + "app";
    }

    private static final class Relay implements Processor<byte[], Bundle, byte[], Long> {

        private final Probe probe;
        private ProcessorContext<byte[], Long> context;

        Relay(Probe probe) {
            this.probe = probe;
        }

        @Override
        public void init(ProcessorContext<byte[], Long> context) {
            this.context = context;
        }

        @Override
        public void process(Record<byte[], Bundle> carrier) {
            boolean isSecond = probe.bundles.incrementAndGet() == 2;
            var held = probe.holdSecond.get();
            if (held != null && isSecond) {
                await(held);
            }
            for (var record :
                    carrier.value().records(carrier, context.recordMetadata().orElseThrow())) {
                if (probe.failAt.compareAndSet((int) record.offset(), -1)) {
                    probe.failures.incrementAndGet();
                    throw new IllegalStateException("told to fail before offset " + record.offset());
                }
                context.forward(new Record<>(null, record.offset(), carrier.timestamp()));
            }
            if (held != null) {
                context.commit();
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
