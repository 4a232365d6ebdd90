package dev.afterglow.streams.commit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Topics and application of one test, and what a reader of committed records finds there. */
record HookStand(String servers, String prefix, Path directory) {

    private static final int PARTITIONS = 2;

    static HookStand create(String servers, Path directory) {
        var stand = new HookStand(servers, "h" + UUID.randomUUID().toString().substring(0, 8) + ".", directory);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(
                            new NewTopic(stand.in(), PARTITIONS, (short) 1),
                            new NewTopic(stand.prefix + GatheringProcessor.OUT, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return stand;
    }

    KafkaStreams streams(GatheringProcessor.Probe probe, Duration commitInterval, String member) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(member).toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 900_000);
        properties.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 10_000);
        return new KafkaStreams(GatheringProcessor.topology(prefix, probe), properties);
    }

    /** Half of them to each partition. */
    void send(int events) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            for (int event = 0; event < events; event++) {
                int partition = event % PARTITIONS;
                producer.send(new ProducerRecord<>(in(), partition, "key-" + partition, "event"));
            }
        }
    }

    /** @return events handed on by the hook in committed transactions */
    long forwarded() {
        var sum = new HashMap<String, Long>();
        read(prefix + GatheringProcessor.OUT, (key, count) -> sum.merge(key, count, Long::sum));
        return sum.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @return events in the changelog of the store that the hook writes */
    long totals() {
        var newest = new HashMap<String, Long>();
        read(application() + "-" + GatheringProcessor.TOTALS + "-changelog", newest::put);
        return newest.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @return events whose offsets are committed; the markers of transactions are none of them */
    long committedOffsets() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin.listConsumerGroupOffsets(application()).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(committed -> committed == null ? 0 : committed.offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static int tasks(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    private void read(String topic, ObjLongConsumer<String> taker) {
        var settings = Map.<String, Object>of("bootstrap.servers", servers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new LongDeserializer())) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // For this reader the end is where the first open transaction begins.
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> taker.accept(record.key(), record.value()));
            }
        }
    }

    private String in() {
        return prefix + GatheringProcessor.IN;
    }

    private String application() {
        return prefix + "app";
    }
}
