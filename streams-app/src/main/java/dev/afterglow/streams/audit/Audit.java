package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.config.AppConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Recounts and compares, in this order, so that it can be done while events keep coming:
 *
 * <ol>
 *   <li>pins the ends of the events, and waits until ledger and counts hold everything before them;
 *   <li>reads the counts up to the end they have then;
 *   <li>pins the ends of the events again: whatever those counts may hold lies before;
 *   <li>reads the policies, and recounts the events partition by partition. What lies before the ledger's offset has to
 *       be in the counts; what lies behind may be.
 * </ol>
 */
public final class Audit implements AutoCloseable {

    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final AppConfig config;
    private final Topics topics;
    private final Duration timeout;
    private final Clock clock;
    private final Consumer<String> report;
    private final Decoding decoding;
    private final Log log;
    private final Definitions definitions;

    /**
     * Connects.
     *
     * @param timeout how long to wait for the pipeline to count what is there
     * @param report told what is being done, a line each
     */
    public Audit(AppConfig config, Duration timeout, Clock clock, Consumer<String> report) {
        this.config = config;
        this.topics = config.topics();
        this.timeout = timeout;
        this.clock = clock;
        this.report = report;
        this.decoding = new Decoding(config.serdeSettings());
        this.definitions = new Definitions(decoding);
        this.log = new Log(config, clock, STANDSTILL);
    }

    private record Stretch(TopicPartition partition, long begin, long pinned) {

        boolean isEmpty() {
            return begin >= pinned;
        }
    }

    /**
     * Makes the audit.
     *
     * @throws AuditRefusedException when the range is not covered by the log, or the pipeline does not settle in time
     */
    public AuditReport run(AuditRange asked) {
        var stretches = pin();
        var policyEnd = pinnedEnds(topics.projects());
        var rules = new HashMap<>(rules(policyEnd));
        var coverage = new Coverage(lostUpTo(stretches), limits(rules));
        var range = asked.within(coverage);
        report.accept("waiting until the pipeline has counted what is there");
        var settled = settled(stretches);
        report.accept("reading the published counts");
        var published = published();
        var ends = log.ends(stretches.stream().map(Stretch::partition).toList());
        rules.putAll(rules(pinnedEnds(topics.projects())));
        readAll(pinnedEnds(topics.experiments()), definitions::read);
        return compare(stretches, ends, rules, coverage, range, settled, published);
    }

    @Override
    public void close() {
        log.close();
        decoding.close();
    }

    private AuditReport compare(
            List<Stretch> stretches,
            Map<TopicPartition, Long> ends,
            Map<String, ProjectRules> rules,
            Coverage coverage,
            AuditRange range,
            Settled settled,
            PublishedCounts published) {
        var sheet = new CountSheet();
        var partitions = new ArrayList<PartitionReport>();
        for (var stretch : stretches) {
            report.accept("recounting partition " + stretch.partition().partition());
            partitions.add(recount(stretch, ends.get(stretch.partition()), rules, coverage.limits(), settled, sheet));
        }
        var comparison = new Comparison(range, coverage);
        comparison.counts(sheet, published);
        partitions.forEach(comparison::ledger);
        settled.ledgers().values().forEach(comparison::conservation);
        return new AuditReport(
                range,
                coveredFrom(coverage),
                partitions,
                comparison.compared(),
                comparison.moving(),
                comparison.leftOut(),
                comparison.differences());
    }

    private PartitionReport recount(
            Stretch stretch,
            long end,
            Map<String, ProjectRules> rules,
            AuditLimits limits,
            Settled settled,
            CountSheet sheet) {
        int number = stretch.partition().partition();
        var ledger = settled.ledger(number);
        long settledEnd = ledger.map(found -> found.getNextOffset()).orElse(stretch.pinned());
        var recount = new PartitionRecount(
                limits,
                project -> rules.getOrDefault(project, ProjectRules.NONE),
                definitions::isKnown,
                sheet,
                settledEnd);
        log.read(stretch.partition(), stretch.begin(), end, record -> give(record, recount));
        boolean complete = stretch.begin() == 0;
        return new PartitionReport(
                number,
                stretch.begin(),
                settledEnd,
                recount.settledTotals().byName(),
                ledger.filter(found -> complete)
                        .map(found -> PartitionTotals.of(found).byName()));
    }

    private void give(ConsumerRecord<byte[], byte[]> record, PartitionRecount recount) {
        var stamped = Instant.ofEpochMilli(record.timestamp());
        if (record.value() == null) {
            recount.rejected(record.offset(), stamped, Rejection.EMPTY);
            return;
        }
        try {
            recount.event(record.offset(), stamped, decoding.event(record));
        } catch (PoisonException poison) {
            recount.rejected(record.offset(), stamped, Rejection.of(poison.reason()));
        }
    }

    private List<Stretch> pin() {
        var partitions = log.partitions(topics.evaluations().name());
        var begins = log.beginnings(partitions);
        var ends = log.ends(partitions);
        return partitions.stream()
                .map(partition -> new Stretch(partition, begins.get(partition), ends.get(partition)))
                .toList();
    }

    /** The newest arrival that may be gone, over the partitions that have lost their beginning. */
    private Optional<Instant> lostUpTo(List<Stretch> stretches) {
        return stretches.stream()
                .filter(stretch -> stretch.begin() > 0)
                .map(stretch -> log.first(stretch.partition(), stretch.begin(), stretch.pinned())
                        .map(record -> Instant.ofEpochMilli(record.timestamp()))
                        .orElseGet(clock::instant))
                .max(Instant::compareTo);
    }

    private Settled settled(List<Stretch> stretches) {
        var ends = new HashMap<Integer, Long>();
        var partitions = new HashMap<Integer, Stretch>();
        stretches.stream()
                .filter(stretch -> !stretch.isEmpty())
                .filter(stretch -> log.first(stretch.partition(), stretch.begin(), stretch.pinned())
                        .isPresent())
                .forEach(stretch -> {
                    ends.put(stretch.partition().partition(), stretch.pinned());
                    partitions.put(stretch.partition().partition(), stretch);
                });
        var wait = new PipelineWait(
                ends, log.partitions(topics.impressions().name()).size(), ledger -> {
                    var stretch = partitions.get(ledger.getPartition());
                    long from = Math.max(stretch.begin(), ledger.getNextOffset());
                    return log.first(stretch.partition(), from, stretch.pinned())
                            .isEmpty();
                });
        try (var consumer = Log.open(config, "read_committed")) {
            return new PipelineFollower(consumer, decoding, topics, clock).await(wait, timeout);
        }
    }

    private PublishedCounts published() {
        var published = new PublishedCounts();
        readAll(
                pinnedEnds(topics.impressions()),
                record -> published.read(Decoding.key(record), record.value() == null ? null : decoding.count(record)));
        return published;
    }

    private void readAll(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        ends.forEach((partition, end) ->
                log.read(partition, log.beginnings(List.of(partition)).get(partition), end, reader));
    }

    /**
     * The ends of what is written, committed or not: a commit is marked partition by partition, so that what says that
     * all is done may be seen before the end of what was done has moved.
     */
    private Map<TopicPartition, Long> pinnedEnds(Topic<?> topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = Log.open(config, "read_uncommitted")) {
            return consumer.endOffsets(log.partitions(topic.name()));
        }
    }

    private Map<String, ProjectRules> rules(Map<TopicPartition, Long> ends) {
        var rules = new HashMap<String, ProjectRules>();
        readAll(ends, record -> {
            var policy = policy(record);
            if (policy != null && UsablePolicy.is(Decoding.key(record), policy)) {
                var project = rules.getOrDefault(policy.getProject(), ProjectRules.NONE);
                rules.put(policy.getProject(), project.with(policy, Instant.ofEpochMilli(record.timestamp())));
            }
        });
        return rules;
    }

    private ProjectPolicy policy(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : decoding.policy(record);
        } catch (PoisonException poison) {
            return null;
        }
    }

    private AuditLimits limits(Map<String, ProjectRules> rules) {
        int longest = rules.values().stream()
                .mapToInt(ProjectRules::longestHorizonHours)
                .reduce(AuditLimits.DEFAULT_HORIZON_HOURS, Math::max);
        return new AuditLimits(config.flow().lateness(), config.flow().futureTolerance(), longest);
    }

    private static Map<CountingPolicy, Instant> coveredFrom(Coverage coverage) {
        var covered = new EnumMap<CountingPolicy, Instant>(CountingPolicy.class);
        for (var policy : CountingPolicy.values()) {
            if (policy != CountingPolicy.UNKNOWN) {
                coverage.from(policy).ifPresent(from -> covered.put(policy, from));
            }
        }
        return covered;
    }
}
