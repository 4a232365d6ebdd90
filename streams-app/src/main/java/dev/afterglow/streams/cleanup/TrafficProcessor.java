package dev.afterglow.streams.cleanup;

import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.UsageMessage;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.commit.CommitHook;
import dev.afterglow.streams.flow.EarlyCommits;
import dev.afterglow.streams.flow.GatheredFlow;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.ProgressReport;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.WatermarkTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Takes traffic, and then the watermark that stage 2 wrote behind it, once per commit; and notices changed policies. */
final class TrafficProcessor implements Processor<String, FlowMessage, Object, Object> {

    /** Cases and costs are judged by the hour: the more of the traffic is taken together, the less they cost. */
    private static final Duration BOOK_AFTER = Duration.ofSeconds(4);

    /** Between two turns of judging, when there is more to judge than a turn takes. */
    private static final Duration BETWEEN_TURNS = Duration.ofMillis(10);

    private final Function<ProcessorContext<Object, Object>, Casework> cases;
    private final Policies policies;
    private final Duration interval;
    private final Duration settle;
    private final int partitions;

    private ProcessorContext<Object, Object> context;
    private Casework casework;
    private SilentSources sources;
    private KeyValueStore<String, Long> appliedPolicies;
    private EarlyCommits commits;
    private GatheredFlow gathered;
    private WatermarkTracker watermark;
    private long seenRevision;
    private Instant passedOn;
    private boolean unfinished;

    /**
     * @param settle how long after the end of an hour its traffic is waited for
     * @param partitions of the traffic topic
     */
    TrafficProcessor(
            Function<ProcessorContext<Object, Object>, Casework> cases,
            Policies policies,
            Duration interval,
            Duration settle,
            int partitions) {
        this.cases = cases;
        this.policies = policies;
        this.interval = interval;
        this.settle = settle;
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        casework = cases.apply(context);
        sources = CleanupTopology.sources(context);
        appliedPolicies = context.getStateStore(CleanupTopology.APPLIED_POLICIES);
        watermark = CleanupTopology.watermark(context);
        // A task whose transaction was aborted starts again with this very object, and what it had applied is undone.
        gathered = new GatheredFlow();
        seenRevision = -1;
        passedOn = Instant.MIN;
        unfinished = false;
        CommitHook commit = context.getStateStore(CleanupTopology.COMMIT);
        commit.register(this::beforeCommit);
        commits = EarlyCommits.schedule(context, BOOK_AFTER, BOOK_AFTER, () -> gathered.size());
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::startTurn);
        context.schedule(BETWEEN_TURNS, PunctuationType.WALL_CLOCK_TIME, this::goOn);
    }

    @Override
    public void process(Record<String, FlowMessage> record) {
        commits.more();
        gathered.add(record.value());
        if (gathered.isFull()) {
            workOff();
        }
    }

    private void beforeCommit() {
        commits.committing();
        workOff();
    }

    private void workOff() {
        var work = gathered.take();
        work.deltas().forEach(this::introduce);
        casework.consume(work.deltas(), work.overheads(), watermark.current());
        work.projects().forEach(this::addToProject);
        for (Watermark report : work.watermarks()) {
            // One stage-2 task writes the partition, whichever it is.
            watermark.report(0, report.getReadUpTo()).ifPresent(moved -> startTurn(context.currentSystemTimeMs()));
        }
    }

    /** None while there is more to judge than a turn takes: two in a row would hold the thread for twice as long. */
    private void startTurn(long now) {
        if (!unfinished) {
            advance(now);
        }
    }

    private void addToProject(ProjectTraffic traffic) {
        casework.addToProject(traffic.getProject(), traffic.getEnvironment(), traffic.getHour(), traffic.getCount());
        if (Routes.partitionOf(traffic.getProject(), partitions)
                == context.taskId().partition()) {
            sources.hear(traffic.getProject(), traffic.getEnvironment(), traffic.getHour(), watermark.current());
        }
    }

    private void introduce(ExperimentDeltas deltas) {
        if (appliedPolicies.get(deltas.getProject()) == null) {
            appliedPolicies.put(deltas.getProject(), fingerprint(deltas.getProject()));
        }
    }

    /** The watermark is passed on when every case that it makes due has been judged: that may take several turns. */
    private void advance(long now) {
        applyChangedPolicies();
        var reached = watermark.current();
        reached.ifPresent(at -> sources.look(new Frontier(at, settle).hour()));
        unfinished = reached.isPresent() && !casework.advance(reached.get());
        if (!unfinished) {
            reached.filter(at -> at.isAfter(passedOn)).ifPresent(at -> passOn(at, now));
        }
    }

    private void goOn(long now) {
        if (unfinished) {
            advance(now);
        }
    }

    private void passOn(Instant moved, long now) {
        passedOn = moved;
        int partition = context.taskId().partition();
        var message = new UsageMessage(new Watermark(partition, moved));
        context.forward(new Record<>(null, message, now), CleanupTopology.USAGE);
        context.forward(ProgressReport.of(CleanupTopology.STAGE, partition, moved, now), CleanupTopology.PROGRESS);
        context.commit();
    }

    private void applyChangedPolicies() {
        long revision = policies.revision();
        if (revision == seenRevision) {
            return;
        }
        var changed = new ArrayList<String>();
        try (var applied = appliedPolicies.all()) {
            applied.forEachRemaining(entry -> {
                if (fingerprint(entry.key) != entry.value) {
                    changed.add(entry.key);
                }
            });
        }
        for (String project : changed) {
            appliedPolicies.put(project, fingerprint(project));
            casework.applyPolicy(project, watermark.current());
        }
        seenRevision = revision;
    }

    /** Tells one set of versions from another; a version never changes once it is written. */
    private long fingerprint(String project) {
        long fingerprint = 17;
        for (var version : policies.of(project).versions()) {
            fingerprint = fingerprint * 31 + version.policy().toString().hashCode();
        }
        return fingerprint;
    }
}
