package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.bundle.Bundle;
import dev.afterglow.streams.commit.CommitHook;
import dev.afterglow.streams.conservation.ConservationCheck;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.deadletter.DeadLetters;
import dev.afterglow.streams.deadletter.PoisonReasons;
import dev.afterglow.streams.dedupe.IdStore;
import dev.afterglow.streams.floods.FloodGuard;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.flow.AlertSender;
import dev.afterglow.streams.flow.EarlyCommits;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.reading.EventReaders;
import dev.afterglow.streams.reading.EventView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition of evaluations. What it adds up stays on the heap, and is handed on within the commit of the
 * offsets, with the ledger and the watermark.
 */
final class IntakeProcessor implements Processor<byte[], Bundle, Object, Object> {

    private static final Logger LOGGER = LoggerFactory.getLogger(IntakeProcessor.class);

    /** Who stamps records with a clock of its own may be late by less, and still finds the day at which it was. */
    private static final Duration FLOOD_MARGIN = Duration.ofHours(1);

    /** Commits a second apart keep transactions few and an impression on the dashboard within seconds. */
    private static final Duration HAND_ON_AFTER = Duration.ofSeconds(1);

    private final EventReaders events;
    private final Policies policies;
    private final KnownExperiments known;
    private final SourceLog source;
    private final IntakeLimits limits;
    private final Duration interval;
    private final String topic;
    private final int experimentPartitions;
    private final EventView event = new EventView();

    private ProcessorContext<Object, Object> context;
    private EarlyCommits commits;
    private IdStore ids;
    private Judge judge;
    private PendingDeltas pending;
    private LedgerBook ledger;
    private FloodGuard floods;
    private KeyValueStore<String, byte[]> floodStore;
    private AlertSender alerts;
    private Instant watermark;
    private boolean opened;
    private boolean introduced;
    private boolean changed;
    private boolean violated;

    IntakeProcessor(
            EventReaders events,
            Policies policies,
            KnownExperiments known,
            SourceLog source,
            IntakeLimits limits,
            Duration interval,
            String topic,
            int experimentPartitions) {
        this.events = events;
        this.policies = policies;
        this.known = known;
        this.source = source;
        this.limits = limits;
        this.interval = interval;
        this.topic = topic;
        this.experimentPartitions = experimentPartitions;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        ids = context.getStateStore(IntakeTopology.EVENT_IDS);
        WindowStore<Bytes, byte[]> repeats = context.getStateStore(IntakeTopology.REPEATS);
        floodStore = context.getStateStore(IntakeTopology.FLOODS);
        floods = restoredFloods();
        alerts = new AlertSender(
                context, IntakeTopology.STAGE, IntakeTopology.OPERATOR_ALERTS, IntakeTopology.OPEN_ALERTS);
        judge = new Judge(
                limits,
                policies,
                known,
                ids.ids()::see,
                new SeenStore(repeats, IntakeTopology.repeatHorizon(limits)),
                floods);
        KeyValueStore<String, IntakeLedger> books = context.getStateStore(IntakeTopology.LEDGER);
        ledger = new LedgerBook(books, topic, context.taskId().partition());
        // A task whose transaction was aborted starts again with this very object, and what it had sent is undone.
        pending = new PendingDeltas(experimentPartitions);
        watermark = Instant.MIN;
        opened = false;
        introduced = false;
        changed = false;
        violated = false;
        CommitHook commit = context.getStateStore(IntakeTopology.COMMIT);
        commit.register(this::handOnChanges);
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::reportWatermarkAlone);
        commits = EarlyCommits.schedule(context, HAND_ON_AFTER, HAND_ON_AFTER, this::waiting);
    }

    /** How much waits for the commit; asks for the end of the partition as well, for the commit is to know of it. */
    private int waiting() {
        if (!changed) {
            return 0;
        }
        drainedAsOf();
        return Math.max(1, pending.size());
    }

    private Optional<Instant> drainedAsOf() {
        return source.ends().drainedAsOf(context.taskId().partition(), ledger.nextOffset());
    }

    @Override
    public void process(Record<byte[], Bundle> carrier) {
        long now = context.currentSystemTimeMs();
        changed = true;
        commits.more();
        for (var record :
                carrier.value().records(carrier, context.recordMetadata().orElseThrow())) {
            processOrSayWhich(record, now);
        }
    }

    /** Kafka Streams knows no more of it than where its bundle begins. */
    private void processOrSayWhich(ConsumerRecord<byte[], byte[]> record, long now) {
        try {
            process(record, now);
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("an evaluation could not be worked off, and nothing behind it is until it can be");
            throw e;
        }
    }

    private void process(ConsumerRecord<byte[], byte[]> record, long now) {
        long arrival = arrivalOf(record, now);
        if (!opened) {
            open(record.offset(), arrival);
        }
        ledger.read(record.offset(), arrival);
        if (record.value() == null) {
            reject(record, DeadLetterReason.EMPTY, "the value is null", 1);
            return;
        }
        try {
            events.read(record.value(), event);
        } catch (PoisonException poison) {
            reject(record, PoisonReasons.of(poison), poison.getMessage(), 1);
            return;
        }
        judge(record, arrival);
    }

    private void open(long offset, long arrival) {
        // First, for it takes its time, and with what the opening stores a transaction begins, which has none.
        if (ledger.isNew()) {
            remember(offset, arrival);
        }
        judge.open(arrival);
        opened = true;
    }

    /** A task that begins in the middle of its partition would count again what was counted just before. */
    private void remember(long before, long arrival) {
        var horizon = Duration.ofHours(policies.longestHorizonHours() + 1L);
        var arrivals = new Object() {
            private long upTo = Long.MIN_VALUE;
        };
        var from = Instant.ofEpochMilli(arrival).minus(horizon);
        source.earlier().read(context.taskId().partition(), from, before, record -> {
            arrivals.upTo = Math.max(arrivals.upTo, Math.min(record.timestamp(), arrival));
            if (isReadable(record.value())) {
                judge.remember(event, arrivals.upTo);
            }
        });
    }

    private boolean isReadable(byte[] value) {
        try {
            if (value != null) {
                events.read(value, event);
            }
            return value != null;
        } catch (PoisonException poison) {
            // Whoever read it then has its dead letter.
            return false;
        }
    }

    private void judge(ConsumerRecord<byte[], byte[]> record, long arrival) {
        var outcome = judge.judge(event, arrival);
        long weight = EventCheck.weight(event);
        if (outcome instanceof Outcome.Counted counted) {
            count(counted.policy());
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            ledger.duplicate(weight, duplicate.conflict());
        } else if (outcome instanceof Outcome.Excluded excluded) {
            ledger.exclude(excluded.reason(), weight);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            reject(record, rejected.reason(), rejected.detail(), weight);
        }
    }

    private void count(CountingPolicy policy) {
        // A client's sum says nothing of pages, sessions or days: under those policies it is one, and repeats.
        long impressions = policy == CountingPolicy.EVALUATION ? event.count() : 1;
        ledger.count(impressions);
        ledger.exclude(Outcome.ExclusionReason.REPEAT, event.count() - impressions);
        pending.add(event, policy, impressions);
    }

    private void reject(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail, long weight) {
        ledger.reject(reason, weight);
        context.forward(DeadLetters.of(record, reason, detail), IntakeTopology.DEAD_LETTERS);
    }

    /** Arrivals as a clock that neither goes back nor runs ahead, whatever stamped the records of a foreign topic. */
    private long arrivalOf(ConsumerRecord<byte[], byte[]> record, long now) {
        long stamped = Math.max(0, Math.min(record.timestamp(), now));
        return Math.max(stamped, ledger.arrivedUpTo());
    }

    private void handOnChanges() {
        commits.committing();
        if (!changed) {
            return;
        }
        long now = context.currentSystemTimeMs();
        pending.drain()
                .send(
                        (partition, message) -> forward(Routes.toPartition(partition), message, now),
                        message -> forward(null, message, now));
        ids.log();
        tellOfFloods();
        var saved = ledger.save();
        publish(saved, now);
        reportViolation(saved);
        changed = false;
        reportWatermark(now);
    }

    private void publish(IntakeLedger saved, long now) {
        context.forward(new Record<>(ledger.key(), saved, now), IntakeTopology.LEDGER_SINK);
        introduced = true;
    }

    private void tellOfFloods() {
        floods.changes().forEach(change -> floodStore.put(change.key, change.value));
        floods.alerts().forEach(alerts::send);
    }

    /** Once for each start of the task: the sums of a ledger that is wrong stay wrong. */
    private void reportViolation(IntakeLedger saved) {
        if (!violated) {
            ConservationCheck.check(saved).ifPresent(violation -> {
                violated = true;
                alerts.send(violation.alert(saved.getArrivedUpTo()));
            });
        }
    }

    private FloodGuard restoredFloods() {
        var guard = new FloodGuard();
        try (var entries = floodStore.all()) {
            guard.restore(() -> entries);
        }
        return guard;
    }

    /** While records are read, the commits report; a partition without any still has to say that time goes on. */
    private void reportWatermarkAlone(long now) {
        if (changed) {
            return;
        }
        if (!introduced) {
            // A partition that nothing was ever sent to is accounted for as well.
            publish(ledger.save(), now);
        }
        reportWatermark(now);
        context.commit();
        if (watermark.isAfter(Instant.MIN)) {
            floods.advance(watermark.minus(FLOOD_MARGIN));
            tellOfFloods();
        }
    }

    /** Goes to every partition downstream, behind everything that was read before it. */
    private void reportWatermark(long now) {
        // Another record of the same millisecond may follow the last one.
        var read = ledger.isNew() ? Instant.MIN : Instant.ofEpochMilli(ledger.arrivedUpTo() - 1);
        var readUpTo = drainedAsOf().filter(read::isBefore).orElse(read);
        if (readUpTo.isAfter(watermark)) {
            watermark = readUpTo;
            forward(null, new FlowMessage(new Watermark(context.taskId().partition(), readUpTo)), now);
        }
    }

    private void forward(String key, FlowMessage message, long now) {
        context.forward(new Record<>(key, message, now), IntakeTopology.DELTAS);
    }
}
