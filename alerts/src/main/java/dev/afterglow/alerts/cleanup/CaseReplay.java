package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.PendingAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a history through the judge as if it happened again. Where nothing of it was late when it happened, this gives
 * the messages that were sent then; under other policies those that would have been sent.
 */
public final class CaseReplay {

    private CaseReplay() {}

    /**
     * The messages about an experiment, oldest first. What people did is done again at its own time, on the alert of the
     * same id; what finds no such alert open is left out.
     *
     * @param policies of its project
     * @param until the last instant that is judged; traffic and definitions are complete up to there
     */
    public static List<CleanupAlert> messages(CaseHistory history, PolicyHistory policies, Instant until) {
        var messages = new ArrayList<CleanupAlert>();
        var agenda = history.news();
        var file = noted(history.actions());
        for (var at = agenda.pollFirst(); at != null && !at.isAfter(until); at = agenda.pollFirst()) {
            var verdict = CaseJudge.judge(file, history.key(), history.definitions(), policies, history.traffic(), at);
            file = verdict.next();
            messages.addAll(verdict.alerts());
            if (file.getDueAt() != null) {
                agenda.add(file.getDueAt());
            }
        }
        return List.copyOf(messages);
    }

    private static CaseFile noted(List<AlertAction> actions) {
        CaseFile file = null;
        long order = 0;
        for (var action : actions) {
            if (ActionCheck.problems(action).isEmpty()) {
                var noted = CaseJudge.note(file, new PendingAction(action, order++, action.getAt()));
                file = noted.orElse(file);
            }
        }
        return file;
    }
}
