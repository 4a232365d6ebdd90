package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.AlertMachine;
import dev.afterglow.state.PendingAction;
import dev.afterglow.state.PermanentRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings what people did about alerts into the machines of a case, each at its own time. It is the judge who makes
 * messages of it.
 */
final class Actions {

    /**
     * What came of them.
     *
     * @param machines as they are now
     * @param permanent runs that are exempt because somebody said so, those of before included
     * @param pending actions whose time has not come
     * @param refused actions that are on no alert which could take them
     * @param written those of the actions taken that are about what was done and learned
     */
    record Taken(
            List<AlertMachine> machines,
            List<PermanentRun> permanent,
            List<PendingAction> pending,
            List<Verdict.Refused> refused,
            List<AlertAction> written) {}

    private static final String RESOLVED_BEFORE = "the alert was resolved before: nothing is left to act upon";

    private Actions() {}

    /** What a case needs to know of it: texts belong into the outcome, where there are any, and are kept in the topic. */
    static PendingAction toBeKept(PendingAction what) {
        return tellsOfTheOutcome(what.getAction()) ? what : withoutTexts(what);
    }

    static boolean hasTexts(PendingAction what) {
        var action = what.getAction();
        return action.getLink() != null || action.getKeyLearning() != null || action.getFollowUp() != null;
    }

    private static boolean tellsOfTheOutcome(AlertAction action) {
        return action.getAction() == ActionKind.IMPLEMENTED || action.getAction() == ActionKind.DOCUMENTED;
    }

    /** Without what may be long. */
    static PendingAction withoutTexts(PendingAction what) {
        var bare = AlertAction.newBuilder(what.getAction())
                .setLink(null)
                .setKeyLearning(null)
                .setFollowUp(null)
                .build();
        return new PendingAction(bare, what.getOffset(), what.getArrivedAt());
    }

    /** Takes the actions whose time has come, in the order in which they were done, then of arrival. */
    static Taken take(
            List<AlertMachine> machines,
            List<PermanentRun> permanent,
            List<PendingAction> actions,
            ExperimentKey key,
            Instant at) {
        var next = new ArrayList<>(machines);
        var runs = new ArrayList<>(permanent);
        var refused = new ArrayList<Verdict.Refused>();
        var written = new ArrayList<AlertAction>();
        actions.stream()
                .filter(pending -> !pending.getAction().getAt().isAfter(at))
                .sorted(Comparator.comparing(pending -> pending.getAction().getAt()))
                .forEach(pending -> {
                    var action = pending.getAction();
                    var why = take(action, next, runs, key, at);
                    why.ifPresent(reason -> refused.add(new Verdict.Refused(pending, reason)));
                    if (why.isEmpty() && tellsOfTheOutcome(action)) {
                        written.add(action);
                    }
                });
        var later = actions.stream()
                .filter(pending -> pending.getAction().getAt().isAfter(at))
                .toList();
        return new Taken(List.copyOf(next), List.copyOf(runs), later, List.copyOf(refused), List.copyOf(written));
    }

    /** When the next action is due; null when there is none. */
    static Instant nextAt(List<PendingAction> pending) {
        return pending.stream()
                .map(one -> one.getAction().getAt())
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Takes one action; says why not when it cannot. */
    private static Optional<String> take(
            AlertAction action, List<AlertMachine> machines, List<PermanentRun> runs, ExperimentKey key, Instant at) {
        for (int i = 0; i < machines.size(); i++) {
            var machine = machines.get(i);
            // What was learned is written down when all is over.
            var documents = action.getAction() == ActionKind.DOCUMENTED;
            if (AlertIds.isOfEarlierEpisode(machine, key, action.getAlertId())) {
                return documents ? Optional.empty() : Optional.of(RESOLVED_BEFORE);
            }
            if (AlertIds.of(machine, key).equals(action.getAlertId()) && machine.getEpisode() > 0) {
                if (!Machines.isOpen(machine) && !documents) {
                    return Optional.of(RESOLVED_BEFORE);
                }
                if (action.getAction() == ActionKind.SNOOZE
                        && !action.getSnoozeUntil().isAfter(at)) {
                    return Optional.of("the snooze had ended before it was heard of: snooze until a later time");
                }
                machines.set(i, after(machine, action));
                markPermanent(action, machine, runs, at);
                return Optional.empty();
            }
        }
        return Optional.of("there was no such alert by then: take the alert id from the alert");
    }

    private static AlertMachine after(AlertMachine machine, AlertAction action) {
        var next = AlertMachine.newBuilder(machine);
        switch (action.getAction()) {
            case ACKNOWLEDGE -> next.setAcknowledgedBy(action.getBy());
            case SNOOZE -> snooze(next, action.getSnoozeUntil());
            case IMPLEMENTED -> next.setImplemented(true);
            case DOCUMENTED -> next.setDocumented(true);
            default -> {
                // PERMANENT is of the run, not of the alert.
            }
        }
        return next.build();
    }

    /** An alert that is critical stays so behind the snooze. */
    private static void snooze(AlertMachine.Builder next, Instant until) {
        next.setEscalated(next.getEscalated() || next.getStatus() == AlertStatus.ESCALATED);
        next.setStatus(AlertStatus.SNOOZED).setSnoozedUntil(until);
    }

    private static void markPermanent(AlertAction action, AlertMachine machine, List<PermanentRun> runs, Instant at) {
        var isNew = runs.stream().noneMatch(run -> Objects.equals(run.getRun(), machine.getRun()));
        if (action.getAction() == ActionKind.PERMANENT && isNew) {
            runs.add(new PermanentRun(machine.getRun(), at));
        }
    }
}
