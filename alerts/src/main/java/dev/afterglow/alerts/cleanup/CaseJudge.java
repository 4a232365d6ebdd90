package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.AlertMachine;
import dev.afterglow.state.CaseFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the clean-up case of an experiment. The same history, judged at the same full hours and definition times, gives
 * the same messages; judging more often gives no others.
 */
public final class CaseJudge {

    private CaseJudge() {}

    /**
     * Judges a case at an instant: at each full UTC hour that is due or has news, when a definition takes effect, and
     * once more at the newest of these when late traffic has come. Traffic of the running hour is not looked at; what
     * rests on traffic, age or policy changes at full hours only.
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
        List<AlertMachine> before = caseFile == null ? List.of() : caseFile.getMachines();
        var due = DueTime.ofVersions(definitions, policies, at);
        var phase = definitions.phaseAt(at);
        if (phase.isEmpty()) {
            return new Verdict(new CaseFile(at, due, before), List.of());
        }
        var policy = policies.inForceAt(UtcGrid.floorHour(at));
        var situation = new Situation(key, definitions, phase.get(), policy, traffic, at);
        var alerts = new ArrayList<CleanupAlert>();
        var machines = new ArrayList<>(ofNoRule(before));
        for (var rule : Rules.ALL) {
            var condition = rule.condition(situation);
            AlertMachine current = null;
            for (var machine : before) {
                if (!Machines.isOf(machine, rule)) {
                    continue;
                }
                if (Machines.isOfRun(machine, situation.run())) {
                    current = machine;
                } else {
                    put(Machines.close(rule, situation, machine), machines, alerts);
                }
            }
            var step = Machines.advance(rule, situation, condition, current);
            put(step, machines, alerts);
            due = DueTime.earliest(due, DueTime.ofMachine(situation, condition, step.next()));
        }
        return new Verdict(new CaseFile(at, due, machines), alerts);
    }

    private static void requireForward(CaseFile caseFile, ExperimentKey key, Instant at) {
        if (caseFile != null && caseFile.getJudgedUpTo() != null && at.isBefore(caseFile.getJudgedUpTo())) {
            throw new IllegalArgumentException("case " + key + " was judged up to " + caseFile.getJudgedUpTo()
                    + ": judge it there or later, not at " + at);
        }
    }

    /** Machines of kinds that are judged elsewhere are handed on as they are. */
    private static List<AlertMachine> ofNoRule(List<AlertMachine> machines) {
        return machines.stream()
                .filter(machine -> Rules.ALL.stream().noneMatch(rule -> Machines.isOf(machine, rule)))
                .toList();
    }

    private static void put(Machines.Step step, List<AlertMachine> machines, List<CleanupAlert> alerts) {
        if (step.next() != null) {
            machines.add(step.next());
        }
        alerts.addAll(step.alerts());
    }
}
