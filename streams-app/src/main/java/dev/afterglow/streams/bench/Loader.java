package dev.afterglow.streams.bench;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.client.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends a data set, and knows the right answer from that. */
final class Loader {

    private final Broker broker;
    private final Cluster cluster;
    private final Clock clock;

    Loader(Broker broker, Cluster cluster, Clock clock) {
        this.broker = broker;
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * @param prefix what the topics of the data set begin with
     * @param horizonHours see {@link Definitions#policy}
     */
    DataSet load(DataSpec spec, String prefix, Optional<Integer> horizonHours) {
        var config = broker.config(Map.of(
                "afterglow.topic.prefix",
                prefix,
                "afterglow.evaluations.partitions",
                Integer.toString(spec.partitions())));
        var topics = config.topics();
        var end = clock.instant();
        var generator = new EventGenerator(spec, end);
        try (var connection = new Connection(config);
                var producer = connection.producer(Map.of("buffer.memory", "67108864"))) {
            // A backlog of hours that arrived over hours: the broker's clock would make it one of seconds. Altering a
            // topic that is there takes effect some time after the answer.
            for (var topic : List.of(topics.experiments(), topics.evaluations())) {
                cluster.createUnstamped(topic, config.topicConfig().partitions(topic.partitions()));
            }
            connection.createTopics();
            var sending = new Sending(connection, producer);
            var definitions = new Definitions(generator, end);
            sending.send(topics.projects(), EventGenerator.PROJECT, definitions.policy(horizonHours), null);
            var plan = definitions.plan();
            sending.send(topics.pricePlans(), plan.getAccount(), plan, null);
            // Known before the first event arrived: else there are so many unknown ones that they are taken for a
            // flood.
            var known = end.minus(Duration.ofHours(spec.hours() + 1L));
            for (int experiment = 0; experiment < generator.experiments(); experiment++) {
                sending.send(
                        topics.experiments(),
                        generator.key(experiment).toString(),
                        definitions.definition(experiment),
                        known);
            }
            // Behind as many events as there are, a few definitions would wait beyond their time-out.
            producer.flush();
            var distinct = new Tally();
            var records = new Tally();
            long valueBytes = 0;
            for (long index = 0; index < spec.events(); index++) {
                var original = generator.original(index);
                var event = generator.event(original);
                valueBytes += sending.send(topics.evaluations(), event.getUnit(), event, generator.arrival(index));
                var key = keyOf(event);
                records.add(key, event.getCount());
                if (original == index) {
                    distinct.add(key, event.getCount());
                }
            }
            producer.flush();
            sending.throwFailure();
            cluster.stampOnArrival(topics.evaluations());
            cluster.stampOnArrival(topics.experiments());
            var bytes = cluster.bytes(name -> name.equals(topics.evaluations().name())).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new DataSet(spec, topics, distinct, records, bytes, (double) valueBytes / spec.events());
        }
    }

    /** Sends the events that would come next; the right answer of the data set grows by them. */
    DataSet append(DataSet data, int events) {
        var spec = data.spec();
        var config =
                broker.config(Map.of("afterglow.topic.prefix", data.topics().prefix()));
        // So that the last of them happens now, and none after.
        var end = clock.instant()
                .minus(Duration.ofHours(spec.hours()).multipliedBy(events).dividedBy(spec.events()));
        var generator = new EventGenerator(spec, end);
        try (var connection = new Connection(config);
                var producer = connection.producer(Map.of())) {
            var sending = new Sending(connection, producer);
            for (long index = spec.events(); index < spec.events() + events; index++) {
                var event = generator.event(index);
                sending.send(data.topics().evaluations(), event.getUnit(), event, null);
                data.distinct().add(keyOf(event), event.getCount());
                data.records().add(keyOf(event), event.getCount());
            }
            producer.flush();
            sending.throwFailure();
        }
        return new DataSet(
                spec.withEvents(spec.events() + events),
                data.topics(),
                data.distinct(),
                data.records(),
                data.bytes(),
                data.averageValue());
    }

    /** The key under which an event counts. */
    static String keyOf(EvaluationEvent event) {
        return keyOf(
                event.getExperiment(), event.getVariant(), event.getOccurredAt().truncatedTo(ChronoUnit.HOURS));
    }

    static String keyOf(String experiment, String variant, Instant hour) {
        var identity = new ExperimentKey(EventGenerator.PROJECT, EventGenerator.ENVIRONMENT, experiment);
        return new ImpressionKey(identity, hour, variant).toString();
    }

    private static final class Sending {

        private final Connection connection;
        private final Producer<String, byte[]> producer;
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        Sending(Connection connection, Producer<String, byte[]> producer) {
            this.connection = connection;
            this.producer = producer;
        }

        /** @return bytes of the value */
        <V extends SpecificRecord> int send(Topic<V> topic, String key, V value, Instant arrival) {
            throwFailure();
            var encoded = connection.encode(topic, value);
            var timestamp = arrival == null ? null : arrival.toEpochMilli();
            producer.send(new ProducerRecord<>(topic.name(), null, timestamp, key, encoded), (sent, exception) -> {
                if (exception != null) {
                    failure.compareAndSet(null, exception);
                } else if (timestamp != null && sent.timestamp() != timestamp) {
                    failure.compareAndSet(null, new BenchException("the broker has put its own time on " + sent));
                }
            });
            return encoded.length;
        }

        void throwFailure() {
            var reason = failure.get();
            if (reason != null) {
                throw new BenchException("the events could not be loaded: " + reason.getMessage(), reason);
            }
        }
    }
}
