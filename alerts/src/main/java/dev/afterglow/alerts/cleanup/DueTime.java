package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.state.AlertMachine;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** When a case has to be judged again though nothing new is heard. */
final class DueTime {

    private DueTime() {}

    /** When a version that is already known changes the definition or the policy; null when none is to come. */
    static Instant ofVersions(Definitions definitions, PolicyHistory policies, Instant at) {
        // A policy is applied from the full hour on, so a change inside the running hour is still to come.
        var policy = policies.nextChangeAfter(UtcGrid.floorHour(at)).map(UtcGrid::ceilHour);
        return earliest(definitions.nextChangeAfter(at).orElse(null), policy.orElse(null));
    }

    /** When time alone can move a machine; null when only news can. */
    static Instant ofMachine(Situation situation, Optional<Condition> condition, AlertMachine machine) {
        if (condition.isEmpty()) {
            return null;
        }
        if (!situation.isHour()) {
            return UtcGrid.nextHour(situation.at());
        }
        var now = condition.get();
        if (machine == null || !Machines.isOpen(machine)) {
            return ifAfter(situation.hour(), now.opensAt());
        }
        // Some conditions end where they escalate, also behind a snooze.
        var escalates =
                machine.getStatus() == AlertStatus.ESCALATED ? null : ifAfter(situation.hour(), now.escalatesAt());
        var wakes = machine.getSnoozedUntil() == null ? null : ifAfter(situation.hour(), machine.getSnoozedUntil());
        return earliest(earliest(escalates, wakes), silentAt(situation));
    }

    /** When the trailing 24 h hold nothing any more; hour by hour while an alert waits for its project to flow. */
    private static Instant silentAt(Situation situation) {
        var next = UtcGrid.nextHour(situation.hour());
        return situation
                .traffic()
                .lastTraffic(situation.hour())
                .map(last -> UtcGrid.ceilHour(last).plus(Situation.DAY))
                .filter(silent -> silent.isAfter(next))
                .orElse(next);
    }

    static Instant earliest(Instant one, Instant other) {
        return Stream.of(one, other)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Instant ifAfter(Instant hour, Instant instant) {
        return UtcGrid.ceilHour(instant).isAfter(hour) ? UtcGrid.ceilHour(instant) : null;
    }
}
