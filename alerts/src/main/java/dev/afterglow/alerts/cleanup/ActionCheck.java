package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.time.UsableTime;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.ArrayList;
import java.util.List;

/** Whether an action on a clean-up alert says what it has to. */
public final class ActionCheck {

    private static final String UNDEFINED = CleanupKind.UNKNOWN_EXPERIMENT.name() + '/';
    private static final int LONGEST_ID = 2_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 10_000;

    private ActionCheck() {}

    /** What is wrong with an action, each with its field and the remedy; empty when nothing is. */
    public static List<String> problems(AlertAction action) {
        var problems = new ArrayList<String>();
        if (!isAbout(action.getAlertId(), action.getSubject())) {
            problems.add(
                    "subject: it is not what the alert in alertId is about: give the project/environment/experiment of"
                            + " a clean-up alert and its alert id, as the alert has them and in at most " + LONGEST_ID
                            + " characters; no other alerts can be acted upon");
        }
        if (action.getAction() == ActionKind.UNKNOWN) {
            problems.add("action: not known; give ACKNOWLEDGE, SNOOZE, IMPLEMENTED, DOCUMENTED or PERMANENT");
        }
        if (action.getAction() == ActionKind.PERMANENT && action.getAlertId().startsWith(UNDEFINED)) {
            problems.add("action: PERMANENT is for what is defined; define the experiment, or exempt it by name in the"
                    + " policy of its project");
        }
        if (!UsableTime.is(action.getAt())) {
            problems.add("at: " + action.getAt() + " " + UsableTime.REMEDY);
        }
        if (action.getBy().isBlank() || action.getBy().length() > LONGEST_NAME) {
            problems.add("by: say who did it, in at most " + LONGEST_NAME + " characters");
        }
        snooze(action, problems);
        text("link", action.getLink(), problems);
        text("keyLearning", action.getKeyLearning(), problems);
        text("followUp", action.getFollowUp(), problems);
        return List.copyOf(problems);
    }

    private static void snooze(AlertAction action, List<String> problems) {
        var until = action.getSnoozeUntil();
        if (action.getAction() != ActionKind.SNOOZE) {
            if (until != null) {
                problems.add("snoozeUntil: only SNOOZE has one; leave it out");
            }
        } else if (until == null) {
            problems.add("snoozeUntil: say until when");
        } else if (!UsableTime.is(until)) {
            problems.add("snoozeUntil: " + until + " " + UsableTime.REMEDY);
        } else if (!until.isAfter(action.getAt())) {
            problems.add("snoozeUntil: " + until + " is not after " + action.getAt()
                    + ", when it was done; give a later time");
        }
    }

    private static void text(String field, String text, List<String> problems) {
        if (text != null && text.length() > LONGEST_TEXT) {
            problems.add(field + ": has " + text.length() + " characters; give at most " + LONGEST_TEXT);
        }
    }

    /** Ids of clean-up alerts are {@code kind/project/environment/experiment/run/episode}. */
    private static boolean isAbout(String alertId, String subject) {
        if (alertId.length() > LONGEST_ID || subject.length() > LONGEST_ID) {
            return false;
        }
        try {
            var parts = alertId.split("/", -1);
            return parts.length == 6
                    && subject.equals(parts[1] + '/' + parts[2] + '/' + parts[3])
                    && subject.equals(ExperimentKey.parse(subject).toString());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
