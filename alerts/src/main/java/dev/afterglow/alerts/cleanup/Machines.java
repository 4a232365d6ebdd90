package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.AlertMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The states of one kind of alert in one run: pending, open, escalated, resolved, and round again as the next episode.
 * Definitions close an alert at their own time; whatever rests on traffic, age or policy is decided at full hours only,
 * so that it does not matter how often a case is judged in between.
 */
final class Machines {

    /**
     * What came of a machine.
     *
     * @param next the machine from here on; null when there is nothing to remember
     * @param alerts the messages, in order
     */
    record Step(AlertMachine next, List<CleanupAlert> alerts) {}

    private Machines() {}

    static boolean isOpen(AlertMachine machine) {
        return switch (machine.getStatus()) {
            case OPEN, ESCALATED, SNOOZED -> true;
            default -> false;
        };
    }

    /** Closes the machine of a run that is over. It stays, for its episodes: if the run comes back, no id is used twice. */
    static Step close(Rule rule, Situation situation, AlertMachine machine) {
        return isOpen(machine)
                ? resolve(rule, situation, machine, Resolution.NEW_RUN)
                : new Step(machine.getEpisode() == 0 ? null : machine, List.of());
    }

    /**
     * Moves the machine of the run in force; null is a machine that has never been.
     *
     * @param acted whether somebody has just changed it: that is told, where nothing else is
     */
    static Step advance(
            Rule rule, Situation situation, Optional<Condition> condition, AlertMachine current, boolean acted) {
        var alerts = new ArrayList<CleanupAlert>();
        var machine = current;
        if (machine != null && isOpen(machine)) {
            var step = holdOrResolve(rule, situation, condition, machine);
            machine = step.next();
            alerts.addAll(step.alerts());
        }
        if (condition.isPresent() && (machine == null || !isOpen(machine))) {
            var step = waitOrOpen(rule, situation, condition.get(), machine);
            machine = step.next();
            alerts.addAll(step.alerts());
        } else if (condition.isEmpty() && machine != null && machine.getEpisode() == 0) {
            machine = null;
        }
        if (acted && alerts.isEmpty() && isOpen(machine)) {
            return publish(rule, situation, machine);
        }
        return new Step(machine, alerts);
    }

    private static Step holdOrResolve(
            Rule rule, Situation situation, Optional<Condition> condition, AlertMachine machine) {
        if (condition.isEmpty()) {
            var held = situation.definitions().phaseAt(machine.getSince()).orElse(null);
            var isExempt = Exemption.ofKind(rule.kind(), situation.policy());
            return resolve(rule, situation, machine, isExempt ? Resolution.EXEMPTED : rule.whyEnded(situation, held));
        }
        var now = condition.get();
        if (now.since().isAfter(machine.getSince())) {
            return resolve(rule, situation, machine, rule.whyBrokenOff());
        }
        var held = AlertMachine.newBuilder(machine).setSince(now.since()).build();
        if (!situation.isHour()) {
            return new Step(held, List.of());
        }
        if (situation.isSilent()) {
            // A project that is silent as a whole has lost its events, not its leftovers: nothing moves until it flows.
            return situation.traffic().projectFlows(situation.hour())
                    ? resolve(rule, situation, held, Resolution.TRAFFIC_STOPPED)
                    : new Step(held, List.of());
        }
        var old = !situation.at().isBefore(now.escalatesAt());
        if (held.getStatus() == AlertStatus.SNOOZED) {
            return situation.at().isBefore(held.getSnoozedUntil())
                    ? new Step(held, List.of())
                    : publish(
                            rule, situation, awake(held, old || CostLimit.isReached(rule, situation, held.getSince())));
        }
        return held.getStatus() == AlertStatus.OPEN && (old || CostLimit.isCrossed(rule, situation, held.getSince()))
                ? publish(rule, situation, withStatus(held, AlertStatus.ESCALATED))
                : new Step(held, List.of());
    }

    private static Step waitOrOpen(Rule rule, Situation situation, Condition condition, AlertMachine machine) {
        var episodes = machine == null ? 0 : machine.getEpisode();
        if (situation.isHour()
                && !situation.at().isBefore(condition.opensAt())
                && rule.isEnough(situation, condition)) {
            var status = isCritical(rule, situation, condition) ? AlertStatus.ESCALATED : AlertStatus.OPEN;
            return publish(
                    rule, situation, machine(rule, situation, status, episodes + 1, situation.at(), condition.since()));
        }
        return new Step(
                episodes > 0 ? machine : machine(rule, situation, AlertStatus.PENDING, 0, null, condition.since()),
                List.of());
    }

    /** Whether an alert that opens now is critical, by its age or by its cost. */
    static boolean isCritical(Rule rule, Situation situation, Condition condition) {
        return !situation.at().isBefore(condition.escalatesAt())
                || CostLimit.isReached(rule, situation, condition.since());
    }

    private static AlertMachine machine(
            Rule rule, Situation situation, AlertStatus status, int episode, Instant openedAt, Instant since) {
        return AlertMachine.newBuilder()
                .setKind(rule.kind().name())
                .setStatus(status)
                .setRun(situation.run())
                .setEpisode(episode)
                .setOpenedAt(openedAt)
                .setSince(since)
                .setEscalated(status == AlertStatus.ESCALATED)
                .build();
    }

    private static Step resolve(Rule rule, Situation situation, AlertMachine machine, Resolution resolution) {
        var next = told(withStatus(machine, AlertStatus.RESOLVED));
        var alert = AlertWriter.write(rule, situation, next, AlertWriter.severity(machine), resolution);
        return new Step(next, List.of(alert));
    }

    private static Step publish(Rule rule, Situation situation, AlertMachine machine) {
        var next = told(machine);
        return new Step(next, List.of(AlertWriter.write(rule, situation, next, AlertWriter.severity(next), null)));
    }

    private static AlertMachine told(AlertMachine machine) {
        return AlertMachine.newBuilder(machine)
                .setMessages(machine.getMessages() + 1)
                .build();
    }

    private static AlertMachine awake(AlertMachine machine, boolean critical) {
        return withStatus(machine, critical || machine.getEscalated() ? AlertStatus.ESCALATED : AlertStatus.OPEN);
    }

    /** In a state other than that of being snoozed. */
    private static AlertMachine withStatus(AlertMachine machine, AlertStatus status) {
        return AlertMachine.newBuilder(machine)
                .setStatus(status)
                .setSnoozedUntil(null)
                .setEscalated(machine.getEscalated() || status == AlertStatus.ESCALATED)
                .build();
    }

    /** The kinds, by name, of which an alert was told in a run. */
    static Set<String> told(List<AlertMachine> machines, String run) {
        return machines.stream()
                .filter(machine -> machine.getEpisode() > 0 && isOfRun(machine, run))
                .map(AlertMachine::getKind)
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean isOf(AlertMachine machine, Rule rule) {
        return machine.getKind().equals(rule.kind().name());
    }

    static boolean isOfRun(AlertMachine machine, String run) {
        return Objects.equals(machine.getRun(), run);
    }
}
