package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.AlertMachine;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.PendingAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the clean-up case of an experiment. The same history, judged at the same full hours and definition times, gives
 * the same messages; judging more often gives no others.
 */
public final class CaseJudge {

    /** On one experiment: a replay may read all that people ever did before it gets to the traffic. */
    private static final int MOST_PENDING = 1_000;

    /** They may have 30,000 characters each, and all that waits has to fit into one message of the changelog. */
    private static final int MOST_TEXTS = 50;

    private static final CaseFile NEW = new CaseFile(null, null, List.of(), List.of(), List.of(), List.of());

    private CaseJudge() {}

    /**
     * Judges a case at an instant: at each full UTC hour that is due or has news, when a definition takes effect, when
     * somebody acts, and once more at the newest of these when late traffic has come. Traffic of the running hour is not
     * looked at; what rests on traffic, age or policy changes at full hours only.
     *
     * @param caseFile the case so far; null for a new one
     * @param key the experiment
     * @param definitions its history, versions to come among them
     * @param policies the policies of its project
     * @param traffic its traffic, complete up to the full hour at or before the instant
     * @param at the instant; not before the one up to which the case was judged
     * @throws IllegalArgumentException when the instant is before that
     */
    public static Verdict judge(
            CaseFile caseFile,
            ExperimentKey key,
            Definitions definitions,
            PolicyHistory policies,
            Traffic traffic,
            Instant at) {
        requireForward(caseFile, key, at);
        var file = caseFile == null ? NEW : caseFile;
        var taken = Actions.take(file.getMachines(), file.getPermanentRuns(), file.getPendingActions(), key, at);
        var before = taken.machines();
        var history = definitions.permanentIn(taken.permanent());
        var due = DueTime.earliest(DueTime.ofVersions(history, policies, at), Actions.nextAt(taken.pending()));
        var phase = history.phaseAt(at).orElseGet(() -> Phase.undefined(key));
        var rules = Rules.of(phase);
        var policy = policies.inForceAt(UtcGrid.floorHour(at));
        var told = Machines.told(before, phase.definition().getRun());
        var situation = new Situation(key, history, phase, policy, traffic, told, at);
        var alerts = new ArrayList<CleanupAlert>();
        var machines = new ArrayList<>(ofOthers(before, rules));
        for (var rule : rules) {
            var condition =
                    Exemption.ofKind(rule.kind(), policy) ? Optional.<Condition>empty() : rule.condition(situation);
            AlertMachine current = null;
            for (var machine : before) {
                if (!Machines.isOf(machine, rule)) {
                    continue;
                }
                if (!rule.isPerRun() || Machines.isOfRun(machine, situation.run())) {
                    current = machine;
                } else {
                    put(Machines.close(rule, situation, machine), machines, alerts);
                }
            }
            var acted = current != null && !file.getMachines().contains(current);
            var step = Machines.advance(rule, situation, condition, current, acted);
            put(step, machines, alerts);
            due = DueTime.earliest(due, DueTime.ofMachine(situation, condition, step.next()));
        }
        var endings = Endings.of(file, taken.written(), machines, alerts, situation);
        return verdict(at, DueTime.earliest(due, endings.dueAt()), machines, taken, alerts, endings);
    }

    /**
     * Notes what somebody did about an alert, with those texts alone that belong into the outcome; it is judged at its own
     * time.
     *
     * @param caseFile the case so far; null for a new one
     * @param what without {@link ActionCheck#problems}
     * @return empty when so much waits already that no more is taken
     */
    public static Optional<CaseFile> note(CaseFile caseFile, PendingAction what) {
        var next = CaseFile.newBuilder(caseFile == null ? NEW : caseFile);
        var kept = Actions.toBeKept(what);
        if (next.getPendingActions().size() >= MOST_PENDING
                || Actions.hasTexts(kept)
                        && next.getPendingActions().stream()
                                        .filter(Actions::hasTexts)
                                        .count()
                                >= MOST_TEXTS) {
            return Optional.empty();
        }
        var pending = new ArrayList<>(next.getPendingActions());
        pending.add(kept);
        return Optional.of(next.setPendingActions(pending).build());
    }

    private static Verdict verdict(
            Instant at,
            Instant due,
            List<AlertMachine> machines,
            Actions.Taken taken,
            List<CleanupAlert> alerts,
            Endings endings) {
        var next = new CaseFile(at, due, machines, taken.pending(), taken.permanent(), endings.runs());
        return new Verdict(next, alerts, taken.refused(), endings.news());
    }

    private static void requireForward(CaseFile caseFile, ExperimentKey key, Instant at) {
        if (caseFile != null && caseFile.getJudgedUpTo() != null && at.isBefore(caseFile.getJudgedUpTo())) {
            throw new IllegalArgumentException("case " + key + " was judged up to " + caseFile.getJudgedUpTo()
                    + ": judge it there or later, not at " + at);
        }
    }

    /** Machines of kinds that are judged elsewhere, or rest on a definition where there is none, stay as they are. */
    private static List<AlertMachine> ofOthers(List<AlertMachine> machines, List<Rule> rules) {
        return machines.stream()
                .filter(machine -> rules.stream().noneMatch(rule -> Machines.isOf(machine, rule)))
                .toList();
    }

    private static void put(Machines.Step step, List<AlertMachine> machines, List<CleanupAlert> alerts) {
        if (step.next() != null) {
            machines.add(step.next());
        }
        alerts.addAll(step.alerts());
    }
}
