package dev.afterglow.streams.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.RecordEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class DefinitionSenderTest {

    private static final Topics TOPICS = new Topics("t.");

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    @Test
    void sendsEachEntryUnderTheKeyOfItsTopicInOneTransaction() {
        // given
        var definitions = Yaml.read(Yaml.EXPERIMENT + Yaml.BUDGET + "    amount: 1\nprojects: [{project: shop}]\n"
                + "pricePlans: [{account: acme, currency: EUR, tiers: [{price: 1}]}]\n");

        // when
        new DefinitionSender(TOPICS, new Yaml.Collector()).send(definitions, producer);

        // then
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic, ProducerRecord::key)
                .containsExactly(
                        tuple("t.projects", "shop"),
                        tuple("t.price-plans", "acme"),
                        tuple("t.experiments", "shop/production/button"),
                        tuple("t.budgets", "month"));
    }

    @Test
    void sendsNothingWhenOneValueCannotBeEncoded() {
        // given
        var definitions = Yaml.read(Yaml.EXPERIMENT + "projects: [{project: shop}]\n");
        var sender = new DefinitionSender(TOPICS, new FailsOnExperiments());

        // when
        assertThatThrownBy(() -> sender.send(definitions, producer)).hasMessage("registry is down");

        // then
        assertThat(producer.transactionInitialized()).isFalse();
    }

    @Test
    void abortsWhenTheCommitFails() {
        // given
        var definitions = Yaml.read("projects: [{project: shop}]\n");
        producer.commitTransactionException = new KafkaException("lost the brokers");

        // when
        assertThatThrownBy(() -> new DefinitionSender(TOPICS, new Yaml.Collector()).send(definitions, producer))
                .hasMessage("lost the brokers");

        // then
        assertThat(producer.transactionAborted()).isTrue();
    }

    private static final class FailsOnExperiments implements RecordEncoder {

        @Override
        public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
            if (topic.equals(TOPICS.experiments())) {
                throw new KafkaException("registry is down");
            }
            return new byte[0];
        }
    }
}
