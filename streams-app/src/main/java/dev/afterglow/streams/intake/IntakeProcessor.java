package dev.afterglow.streams.intake;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.deadletter.DeadLetters;
import dev.afterglow.streams.flow.Quarters;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/** Reads one partition of evaluations; hands on what it has added up, the ledger and the watermark once a second. */
final class IntakeProcessor implements Processor<byte[], byte[], Object, Object> {

    private final EventDecoder decoder;
    private final Function<String, PolicyHistory> policies;
    private final SourceEnds sourceEnds;
    private final IntakeLimits limits;
    private final Duration interval;
    private final String topic;

    private ProcessorContext<Object, Object> context;
    private Judge judge;
    private PendingDeltas pending;
    private LedgerBook ledger;
    private Instant watermark;
    private boolean opened;

    IntakeProcessor(
            EventDecoder decoder,
            Function<String, PolicyHistory> policies,
            SourceEnds sourceEnds,
            IntakeLimits limits,
            Duration interval,
            String topic) {
        this.decoder = decoder;
        this.policies = policies;
        this.sourceEnds = sourceEnds;
        this.limits = limits;
        this.interval = interval;
        this.topic = topic;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        WindowStore<Bytes, Long> ids = context.getStateStore(IntakeTopology.EVENT_IDS);
        WindowStore<Bytes, Long> repeats = context.getStateStore(IntakeTopology.REPEATS);
        judge = new Judge(
                limits,
                new SeenStore(ids, limits.dedupeHorizon()),
                new SeenStore(repeats, IntakeTopology.repeatHorizon(limits)));
        pending = new PendingDeltas(context.getStateStore(IntakeTopology.PENDING_DELTAS));
        KeyValueStore<String, IntakeLedger> books = context.getStateStore(IntakeTopology.LEDGER);
        ledger = new LedgerBook(books, topic, context.taskId().partition());
        // A task whose transaction was aborted starts again with this very object, and what it had sent is undone.
        watermark = Instant.MIN;
        opened = false;
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::handOn);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var position = context.recordMetadata().orElseThrow();
        Instant arrival = arrivalOf(record);
        ledger.read(position.offset(), arrival);
        if (!opened) {
            judge.open(arrival);
            opened = true;
        }
        var decoded = decoder.decode(record);
        if (decoded.event() == null) {
            reject(record, position, decoded.rejected(), 1);
        } else {
            judge(record, position, decoded.event(), arrival);
        }
        ledger.save();
    }

    private void judge(Record<byte[], byte[]> record, RecordMetadata position, EvaluationEvent event, Instant arrival) {
        long weight = EventCheck.weight(event);
        var outcome = judge.judge(event, policies.apply(event.getProject()), arrival);
        if (outcome instanceof Outcome.Counted counted) {
            count(event, counted.policy());
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            ledger.duplicate(weight, duplicate.conflict());
        } else if (outcome instanceof Outcome.Excluded excluded) {
            ledger.exclude(excluded.reason(), weight);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            reject(record, position, rejected, weight);
        }
    }

    private void count(EvaluationEvent event, CountingPolicy policy) {
        // A client's sum says nothing of pages, sessions or days: under those policies it is one, and repeats.
        long impressions = policy == CountingPolicy.EVALUATION ? event.getCount() : 1;
        ledger.count(impressions);
        ledger.exclude(Outcome.ExclusionReason.REPEAT, event.getCount() - impressions);
        var experiment = new ExperimentKey(event.getProject(), event.getEnvironment(), event.getExperiment());
        pending.add(experiment, policy, event.getVariant(), Quarters.quarterOf(event.getOccurredAt()), impressions);
    }

    private void reject(
            Record<byte[], byte[]> record, RecordMetadata position, Outcome.Rejected rejected, long weight) {
        ledger.reject(rejected.reason(), weight);
        var letter = DeadLetters.of(record, position, rejected.reason(), rejected.detail());
        context.forward(letter, IntakeTopology.DEAD_LETTERS);
    }

    /** Arrivals as a clock that neither goes back nor runs ahead, whatever stamped the records of a foreign topic. */
    private Instant arrivalOf(Record<byte[], byte[]> record) {
        var stamped = Instant.ofEpochMilli(Math.min(record.timestamp(), context.currentSystemTimeMs()));
        Instant before = ledger.arrivedUpTo();
        return before == null || stamped.isAfter(before) ? stamped : before;
    }

    private void handOn(long now) {
        var projects = new TreeMap<ProjectHour, Long>();
        for (ExperimentDeltas deltas : pending.drain()) {
            var experiment = new ExperimentKey(deltas.getProject(), deltas.getEnvironment(), deltas.getExperiment());
            forward(experiment.toString(), new FlowMessage(deltas), now);
            deltas.getCounts()
                    .forEach(count -> projects.merge(
                            ProjectHour.of(experiment, Quarters.hourOf(count.getQuarter())),
                            count.getCount(),
                            Math::addExact));
        }
        projects.entrySet().stream().map(IntakeProcessor::toMessage).forEach(message -> forward(null, message, now));
        context.forward(new Record<>(ledger.key(), ledger.save(), now), IntakeTopology.LEDGER_SINK);
        reportWatermark(now);
    }

    /** Goes to every partition downstream, behind everything that was read before it. */
    private void reportWatermark(long now) {
        int partition = context.taskId().partition();
        Instant readUpTo = sourceEnds
                .drainedAsOf(partition, ledger.nextOffset())
                // Another record of the same millisecond may follow the last one.
                .orElseGet(() -> ledger.arrivedUpTo() == null
                        ? Instant.MIN
                        : ledger.arrivedUpTo().minusMillis(1));
        if (readUpTo.isAfter(watermark)) {
            watermark = readUpTo;
            forward(null, new FlowMessage(new Watermark(partition, readUpTo)), now);
        }
    }

    private void forward(String key, FlowMessage message, long now) {
        context.forward(new Record<>(key, message, now), IntakeTopology.DELTAS);
    }

    private static FlowMessage toMessage(Map.Entry<ProjectHour, Long> traffic) {
        var at = traffic.getKey();
        return new FlowMessage(new ProjectTraffic(at.project(), at.environment(), at.hour(), traffic.getValue()));
    }

    private record ProjectHour(String project, String environment, Instant hour) implements Comparable<ProjectHour> {

        static ProjectHour of(ExperimentKey experiment, Instant hour) {
            return new ProjectHour(experiment.project(), experiment.environment(), hour);
        }

        @Override
        public int compareTo(ProjectHour other) {
            int byProject = project.compareTo(other.project);
            int byEnvironment = byProject != 0 ? byProject : environment.compareTo(other.environment);
            return byEnvironment != 0 ? byEnvironment : hour.compareTo(other.hour);
        }
    }
}
