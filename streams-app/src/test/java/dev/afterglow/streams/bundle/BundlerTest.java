package dev.afterglow.streams.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class BundlerTest {

    private static final TopicPartition ZERO = new TopicPartition("in", 0);
    private final Bundler bundler = new Bundler(Clock.fixed(Instant.ofEpochMilli(95), ZoneOffset.UTC));

    private static final TopicPartition ONE = new TopicPartition("in", 1);

    @Test
    void joinsTheRecordsOfEachPartitionInTheirOrder() {
        // given
        var polled = polled(
                Map.of(ZERO, List.of(record(ZERO, 5, 100), record(ZERO, 7, 90)), ONE, List.of(record(ONE, 3, 80))));

        // when
        var joined = bundler.join(polled);

        // then
        assertThat(joined.count()).isEqualTo(2);
        assertThat(unpacked(joined.records(ZERO).get(0))).containsExactlyElementsOf(polled.records(ZERO));
        assertThat(unpacked(joined.records(ONE).get(0))).containsExactlyElementsOf(polled.records(ONE));
    }

    @Test
    void standsAtTheFirstOffsetAndTheLatestTimeThatIsNotOfTheFuture() {
        // when
        var carrier = bundler.join(polled(Map.of(ZERO, List.of(record(ZERO, 5, 100), record(ZERO, 7, 90)))))
                .records(ZERO)
                .get(0);

        // then
        assertThat(carrier.offset()).isEqualTo(5);
        assertThat(carrier.timestamp()).isEqualTo(95);
        assertThat(carrier.leaderEpoch()).contains(4);
        assertThat(carrier.serializedValueSize()).isEqualTo(2 * (1 + 2));
    }

    @Test
    void givesRecordsWithoutATimeOne() {
        // when
        var carrier = bundler.join(polled(Map.of(ZERO, List.of(record(ZERO, 5, -1)))))
                .records(ZERO)
                .get(0);

        // then: Kafka Streams fails on a negative one
        assertThat(carrier.timestamp()).isZero();
        assertThat(unpacked(carrier)).first().returns(-1L, ConsumerRecord::timestamp);
    }

    @Test
    void keepsWhereToReadOn() {
        // given
        var polled = polled(Map.of(ZERO, List.of(record(ZERO, 5, 100))));

        // then: behind the markers of transactions, which no record tells of
        assertThat(bundler.join(polled).nextOffsets()).isEqualTo(polled.nextOffsets());
    }

    @Test
    void passesOverAPartitionThatAnInterceptorHasEmptied() {
        // given
        var polled = polled(Map.of(ZERO, List.of(), ONE, List.of(record(ONE, 3, 80))));

        // then
        assertThat(bundler.join(polled).partitions()).containsExactly(ONE);
    }

    @Test
    void leavesAnEmptyPollAlone() {
        // given
        var empty = new ConsumerRecords<byte[], byte[]>(Map.of(), Map.of(ZERO, new OffsetAndMetadata(9)));

        // then
        assertThat(bundler.join(empty)).isSameAs(empty);
    }

    @Test
    void takesARecordOfAnotherConsumerForABundleOfOne() {
        // given
        var value = new byte[] {7};
        var bundle = new BundleDeserializer().deserialize("in", new RecordHeaders(), value);

        // when
        var records = bundle.records(new Record<>(new byte[] {1}, bundle, 100), position());

        // then
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.offset()).isEqualTo(11);
            assertThat(record.partition()).isEqualTo(1);
            assertThat(record.timestamp()).isEqualTo(100);
            assertThat(record.key()).containsExactly(1);
            assertThat(record.value()).isSameAs(value);
        });
    }

    private static List<ConsumerRecord<byte[], byte[]>> unpacked(ConsumerRecord<byte[], byte[]> carrier) {
        var bundle = new BundleDeserializer().deserialize(carrier.topic(), carrier.headers(), carrier.value());
        return bundle.records(new Record<>(carrier.key(), bundle, carrier.timestamp()), position());
    }

    private static RecordMetadata position() {
        return new RecordMetadata() {
            @Override
            public String topic() {
                return ONE.topic();
            }

            @Override
            public int partition() {
                return ONE.partition();
            }

            @Override
            public long offset() {
                return 11;
            }
        };
    }

    private static ConsumerRecords<byte[], byte[]> polled(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
        return new ConsumerRecords<>(records, Map.of(ZERO, new OffsetAndMetadata(20)));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, long timestamp) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                1,
                2,
                new byte[1],
                new byte[2],
                new RecordHeaders(),
                Optional.of(4));
    }
}
