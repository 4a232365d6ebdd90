package dev.afterglow.streams.intake;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.testkit.FakePolicies;
import dev.afterglow.streams.testkit.MockSerdes;
import dev.afterglow.streams.testkit.StageDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;

/** The topology of intake, with policies and ends of the source that a test sets. */
final class IntakeBench implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    final Topics topics = new Topics("t.");
    final MockSerdes serdes = new MockSerdes();
    final FakePolicies policies = new FakePolicies();
    final StageDriver driver;

    private Optional<Instant> drained = Optional.empty();
    private final List<ConsumerRecord<byte[], byte[]>> earlier = new ArrayList<>();
    private int sent;

    IntakeBench() {
        SourceEnds ends = (partition, nextOffset) -> drained;
        var topology = new IntakeTopology(
                topics,
                serdes,
                serdes::eventReaders,
                policies,
                new KnownExperiments(identity -> List.of()),
                new SourceLog(ends, this::readEarlier),
                IntakeLimits.DEFAULTS,
                Duration.ofSeconds(1),
                4);
        driver = new StageDriver(topology::toTopology, serdes, NOON);
    }

    void send(EvaluationEvent.Builder event) {
        driver.pipe(topics.evaluations(), event.getUnit(), event.build());
        sent++;
    }

    void sendRaw(byte[] value) {
        driver.pipeRaw(topics.evaluations(), new byte[] {1}, value);
        sent++;
    }

    int sent() {
        return sent;
    }

    /** As if it had been read long ago, by a task whose memory is gone. */
    void wasThereBefore(EvaluationEvent event, Instant arrivedAt) {
        var value = serdes.of(topics.evaluations())
                .serializer()
                .serialize(topics.evaluations().name(), event);
        earlier.add(new ConsumerRecord<>(
                topics.evaluations().name(),
                0,
                earlier.size(),
                arrivedAt.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    private void readEarlier(
            int partition, Instant from, long before, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        earlier.stream()
                .filter(record -> record.timestamp() >= from.toEpochMilli())
                .forEach(reader);
    }

    void drainedAsOf(Instant time) {
        drained = Optional.of(time);
    }

    /** Hands on what is pending; gives the messages with their keys. */
    List<TestRecord<String, FlowMessage>> flush() {
        driver.advance(Duration.ofSeconds(1));
        return driver.read(topics.deltas());
    }

    List<ExperimentDeltas> flushDeltas() {
        return bodies(DeltaBatch.class).stream()
                .flatMap(batch -> batch.getDeltas().stream())
                .toList();
    }

    List<Watermark> flushWatermarks() {
        return bodies(Watermark.class);
    }

    /** The newest ledger that was published since the last look. */
    IntakeLedger ledger() {
        var ledgers = driver.values(topics.intakeLedger());
        return ledgers.get(ledgers.size() - 1);
    }

    /** Impressions in messages. */
    static long sum(List<ExperimentDeltas> deltas) {
        return deltas.stream()
                .flatMap(message -> message.getCounts().stream())
                .mapToLong(count -> count.getCount())
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }

    private <T> List<T> bodies(Class<T> type) {
        return flush().stream()
                .map(message -> message.value().getBody())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
