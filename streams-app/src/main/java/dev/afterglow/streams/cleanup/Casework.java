package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.CaseJudge;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.cleanup.LateTraffic;
import dev.afterglow.alerts.cleanup.OpenAlerts;
import dev.afterglow.alerts.cleanup.Verdict;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.DefinitionHistory;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.HourOverhead;
import dev.afterglow.state.HourTraffic;
import dev.afterglow.state.PendingAction;
import dev.afterglow.state.PermanentRun;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.VariantQuarters;
import dev.afterglow.streams.flow.AlertSender;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.flow.OverheadMessages;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.PricePlans;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.flow.TaskMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is done with news of traffic, definitions and policies. All of it is in the stores; nothing is kept between calls. */
final class Casework {

    /** Those that are due are looked up this many at a time. */
    static final int CASES_PER_TURN = 500;

    /** Nothing else of the thread gets on meanwhile, a commit among it; now and then one case takes 30 more. */
    private static final long TURN_MS = 10;

    private final Policies policies;
    private final Duration settle;
    private final String actionsTopic;
    private final Clock clock;
    private final ProcessorContext<Object, Object> context;
    private final AlertSender alerts;
    private final OutcomeDesk outcomes;
    private final KeyValueStore<String, DefinitionHistory> definitions;
    private final KeyValueStore<String, CaseFile> cases;
    private final TrafficBook traffic;
    private final AccountVolumes accounts;
    private final RunningSums sums;
    private final DueCases due;

    /**
     * @param actionsTopic topic of what people did about alerts
     * @param clock that tells when a turn has taken long enough
     */
    Casework(
            Policies policies,
            PricePlans plans,
            Duration settle,
            String actionsTopic,
            Clock clock,
            ProcessorContext<Object, Object> context) {
        this.policies = policies;
        this.settle = settle;
        this.actionsTopic = actionsTopic;
        this.clock = clock;
        this.context = context;
        alerts = new AlertSender(
                context, CleanupTopology.STAGE, CleanupTopology.CLEANUP_ALERTS, CleanupTopology.OPEN_ALERTS);
        definitions = context.getStateStore(CleanupTopology.DEFINITIONS);
        cases = context.getStateStore(CleanupTopology.CASES);
        traffic = new TrafficBook(
                context.getStateStore(CleanupTopology.TRAFFIC_HOURS),
                context.getStateStore(CleanupTopology.PROJECT_HOURS));
        TaskMemory<KnownVolumes> volumes = context.getStateStore(CleanupTopology.ACCOUNT_VOLUMES);
        TaskMemory<RunningSums> runningSums = context.getStateStore(CleanupTopology.RUNNING_SUMS);
        // A task that was a standby in between has kept its stores, and with them what it remembers of them.
        volumes.get().forget();
        sums = runningSums.get();
        sums.forget();
        accounts = new AccountVolumes(traffic, policies, plans, volumes.get());
        outcomes = new OutcomeDesk(context, traffic);
        TaskMemory<DueIndex.Upcoming> upcoming = context.getStateStore(CleanupTopology.UPCOMING);
        due = new DueCases(context.getStateStore(CleanupTopology.DUE), upcoming.get());
    }

    /**
     * Books traffic and bills it. It is judged when its hours are complete; where that is past, with the next watermark,
     * so that what arrives together is judged together, and told in one message.
     */
    void consume(List<ExperimentDeltas> deltas, List<ExperimentOverhead> overheads, Optional<Instant> watermark) {
        var messages = usageMessages();
        var spent = new SpentHours(overheads);
        deltas.forEach(one -> consume(one, spent, watermark, messages));
        spent.forEachLeft(this::spend);
        messages.finish();
    }

    /** What was spent on hours that were sealed meanwhile is of no interest any more. */
    private void spend(ExperimentKey experiment, HourOverhead overhead) {
        var before = traffic.hour(experiment, overhead.getHour());
        if (before != null) {
            traffic.put(
                    experiment,
                    overhead.getHour(),
                    plus(HourTraffic.newBuilder(before), overhead).build());
        }
    }

    private void consume(
            ExperimentDeltas deltas, SpentHours spent, Optional<Instant> watermark, UsageMessages messages) {
        var experiment = DeltaMessages.experimentOf(deltas);
        var history = definitionsOf(experiment);
        var booking = new Booking();
        var byHour = new TreeMap<Instant, List<QuarterCount>>();
        deltas.getCounts()
                .forEach(count -> byHour.computeIfAbsent(Quarters.hourOf(count.getQuarter()), hour -> new ArrayList<>())
                        .add(count));
        byHour.forEach((hour, counts) -> {
            var before = traffic.hour(experiment, hour);
            var consumed = HourTraffic.newBuilder()
                    .setVariants(plus(before, counts))
                    .setOverheadMicros(before == null ? 0 : before.getOverheadMicros())
                    .setOverheadBytes(before == null ? 0 : before.getOverheadBytes());
            var after = booked(experiment, history, hour, plus(consumed, spent.take(experiment, hour)));
            put(experiment, hour, after);
            booking.change(hour, before, after);
            due.add(judgedAt(hour.plus(Duration.ofHours(1)), watermark), experiment);
        });
        watermark.ifPresent(at -> noteLate(experiment, history, byHour.keySet(), new Frontier(at, settle).hour()));
        bill(experiment, history, booking, messages);
    }

    /** Outcomes that have been measured are told again with what comes behind the frontier. */
    private void noteLate(ExperimentKey experiment, Definitions history, Set<Instant> hours, Instant frontier) {
        var late = hours.stream().filter(hour -> hour.isBefore(frontier)).toList();
        if (!late.isEmpty()) {
            LateTraffic.note(cases.get(experiment.toString()), history, late, frontier)
                    .ifPresent(noted -> cases.put(experiment.toString(), noted));
        }
    }

    /** Keeps a version, bills anew what it changes, and has the case judged when it takes effect. */
    void define(ExperimentKey experiment, ExperimentDefinition version, Optional<Instant> watermark) {
        var before = definitionsOf(experiment);
        var history = before.with(version);
        definitions.put(experiment.toString(), history.toHistory());
        var booking = rebook(experiment, history);
        if (!Objects.equals(teamOf(before), teamOf(history))) {
            // Cost learns of owners from usage alone, also where nothing is billed otherwise.
            booking.tellAll();
        }
        var messages = usageMessages();
        bill(experiment, history, booking, messages);
        messages.finish();
        due.add(version.getEffectiveFrom(), experiment);
        watermark.ifPresent(this::advance);
    }

    /** Notes what somebody did about an alert, and has it judged at its time. */
    void act(ExperimentKey experiment, PendingAction what, Optional<Instant> watermark) {
        var key = experiment.toString();
        var noted = CaseJudge.note(cases.get(key), what);
        if (noted.isEmpty()) {
            refuse(new Verdict.Refused(what, "too much waits for this experiment already: send it again later"));
            return;
        }
        cases.put(key, noted.get());
        due.add(what.getAction().getAt(), experiment);
        watermark.ifPresent(this::advance);
    }

    /** Bills anew what a changed policy touches, and makes it due: who calls goes on to judge it, turn by turn. */
    void applyPolicy(String project, Optional<Instant> watermark) {
        var messages = usageMessages();
        for (ExperimentKey experiment : traffic.experimentsOf(project)) {
            var history = definitionsOf(experiment);
            bill(experiment, history, rebook(experiment, history), messages);
            watermark.ifPresent(at -> due.add(new Frontier(at, settle).hour(), experiment));
        }
        messages.finish();
    }

    void addToProject(String project, String environment, Instant hour, long count) {
        traffic.addToProject(project, environment, hour, count);
        accounts.add(project, hour, count);
    }

    /**
     * Judges the cases whose time has come, in the order of time, as many as one turn allows.
     *
     * @return whether that was all of them
     */
    boolean advance(Instant watermark) {
        var limit = new Frontier(watermark, settle).limit();
        long ends = clock.millis() + TURN_MS;
        int left = CASES_PER_TURN;
        while (true) {
            var next = due.earliest(limit, left);
            if (next.isEmpty()) {
                return true;
            }
            var again = Instant.MAX;
            for (var one : next) {
                // A case that has been judged may be due again before those that were next.
                if (again.isBefore(one.at())) {
                    break;
                }
                due.remove(one);
                var dueNext = judge(one.experiment(), one.at());
                again = dueNext != null && dueNext.isBefore(again) ? dueNext : again;
                left--;
                if (left == 0 || clock.millis() >= ends) {
                    return false;
                }
            }
        }
    }

    /** @return when the case is due again; null when only news can move it */
    private Instant judge(ExperimentKey experiment, Instant dueAt) {
        var before = cases.get(experiment.toString());
        var history = definitionsOf(experiment);
        // Late news is judged at the time that the case has reached: what was said of the past stays said.
        Instant at = before == null || before.getJudgedUpTo() == null || dueAt.isAfter(before.getJudgedUpTo())
                ? dueAt
                : before.getJudgedUpTo();
        var booked = new BookedTraffic(traffic, sums, experiment, accounts.of(experiment.project()));
        var verdict = CaseJudge.judge(before, experiment, history, policies.of(experiment.project()), booked, at);
        cases.put(experiment.toString(), verdict.next());
        verdict.refused().forEach(this::refuse);
        exempt(experiment, history, before == null ? List.of() : before.getPermanentRuns(), verdict.next());
        if (verdict.next().getDueAt() != null) {
            due.add(verdict.next().getDueAt(), experiment);
        }
        for (CleanupAlert alert : verdict.alerts()) {
            send(experiment, alert);
        }
        outcomes.send(experiment, verdict.endings(), history, booked, at);
        return verdict.next().getDueAt();
    }

    private void refuse(Verdict.Refused refused) {
        context.forward(
                RefusedAction.letter(refused, actionsTopic, context.taskId().partition()),
                CleanupTopology.DEAD_LETTERS);
    }

    /** What was marked as permanent is no leftover from then on. */
    private void exempt(ExperimentKey experiment, Definitions history, List<PermanentRun> known, CaseFile file) {
        if (file.getPermanentRuns().equals(known)) {
            return;
        }
        var marked = history.permanentIn(file.getPermanentRuns());
        definitions.put(experiment.toString(), marked.toHistory());
        var messages = usageMessages();
        bill(experiment, marked, rebook(experiment, marked), messages);
        messages.finish();
    }

    private Instant judgedAt(Instant complete, Optional<Instant> watermark) {
        return watermark
                .map(at -> new Frontier(at, settle).hour())
                .filter(complete::isBefore)
                .orElse(complete);
    }

    private Booking rebook(ExperimentKey experiment, Definitions history) {
        var booking = new Booking();
        traffic.all(experiment).forEach((hour, before) -> {
            var after = booked(experiment, history, hour, HourTraffic.newBuilder(before));
            if (!after.equals(before)) {
                put(experiment, hour, after);
            }
            booking.change(hour, before, after);
        });
        return booking;
    }

    private void put(ExperimentKey experiment, Instant hour, HourTraffic booked) {
        traffic.put(experiment, hour, booked);
        sums.changed(experiment, hour);
    }

    private HourTraffic booked(
            ExperimentKey experiment, Definitions history, Instant hour, HourTraffic.Builder consumed) {
        var projectPolicies = policies.of(experiment.project());
        return consumed.setAccount(projectPolicies.inForceAt(hour).getAccount())
                .setLeftoverQuarters(history.leftoverQuarters(hour, projectPolicies))
                .build();
    }

    private static HourTraffic.Builder plus(HourTraffic.Builder hour, HourOverhead more) {
        return hour.setOverheadMicros(OverheadMessages.sum(hour.getOverheadMicros(), more.getMicros()))
                .setOverheadBytes(OverheadMessages.sum(hour.getOverheadBytes(), more.getBytes()));
    }

    private UsageMessages usageMessages() {
        long now = context.currentSystemTimeMs();
        return new UsageMessages(
                (account, message) -> context.forward(new Record<>(account, message, now), CleanupTopology.USAGE));
    }

    private static void bill(ExperimentKey experiment, Definitions history, Booking booking, UsageMessages messages) {
        String team = teamOf(history);
        booking.differences()
                .forEach((account, quarters) -> messages.add(new ExperimentUsage(
                        account,
                        experiment.project(),
                        experiment.environment(),
                        experiment.experiment(),
                        team,
                        quarters)));
    }

    /** Owner of the newest version. */
    private static String teamOf(Definitions history) {
        var versions = history.versions();
        return versions.isEmpty() ? null : versions.get(versions.size() - 1).getOwnerTeam();
    }

    private void send(ExperimentKey experiment, CleanupAlert alert) {
        var envelope = new AlertSender.Envelope(
                alert.getAlertId(),
                alert.getKind(),
                alert.getStatus(),
                experiment.toString(),
                alert.getAt(),
                "/" + alert.getSequence());
        alerts.send(envelope, alert, OpenAlerts.of(alert));
    }

    private static List<VariantQuarters> plus(HourTraffic before, List<QuarterCount> counts) {
        Map<String, Long[]> byVariant = new TreeMap<>();
        if (before != null) {
            before.getVariants()
                    .forEach(variant -> byVariant.put(
                            variant.getVariant(), variant.getQuarters().toArray(Long[]::new)));
        }
        for (QuarterCount count : counts) {
            var quarters = byVariant.computeIfAbsent(count.getVariant(), variant -> new Long[] {0L, 0L, 0L, 0L});
            int quarter = Quarters.inHour(count.getQuarter());
            quarters[quarter] = Math.addExact(quarters[quarter], count.getCount());
        }
        return byVariant.entrySet().stream()
                .map(entry -> new VariantQuarters(entry.getKey(), List.of(entry.getValue())))
                .toList();
    }

    private Definitions definitionsOf(ExperimentKey experiment) {
        var kept = definitions.get(experiment.toString());
        return kept == null ? Definitions.empty() : Definitions.fromHistory(kept);
    }
}
