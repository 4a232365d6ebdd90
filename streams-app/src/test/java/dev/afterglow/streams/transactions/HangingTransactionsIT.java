package dev.afterglow.streams.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class HangingTransactionsIT {

    @Test
    void findsNothingWhereAProducerMayStillCommit(EmbeddedCluster cluster) throws Exception {
        var topic = SharedCluster.freshPrefix() + "open";
        var servers = Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers());
        try (var admin = Admin.create(servers);
                var producer = producer(servers, topic)) {
            // given
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "k", "v"));
            producer.flush();
            var brokers = new BrokerTransactions(admin);
            await().until(() -> !brokers.heldUp(topic::equals).isEmpty());

            // when
            var found = HangingTransactions.find(admin, topic::equals);
            producer.commitTransaction();

            // then
            assertThat(found).isEmpty();
            assertThat(committed(servers, topic)).containsExactly("v");
            assertThat(brokers.heldUp(topic::equals)).isEmpty();
        }
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> servers, String id) {
        var settings = new HashMap<>(servers);
        settings.put("transactional.id", id);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static List<String> committed(Map<String, Object> servers, String topic) {
        var settings = new HashMap<>(servers);
        settings.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var values = new ArrayList<String>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
            });
            return values;
        }
    }
}
