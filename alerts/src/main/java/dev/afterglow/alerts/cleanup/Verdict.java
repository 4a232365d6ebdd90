package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.state.CaseFile;
import java.util.List;
import java.util.Objects;

/**
 * What came of judging a case.
 *
 * @param next the case from here on
 * @param alerts the messages to send, in order; mostly none
 * @param refused actions that could not be taken
 */
public record Verdict(CaseFile next, List<CleanupAlert> alerts, List<Refused> refused) {

    /**
     * An action that could not be taken.
     *
     * @param action what somebody wanted to do
     * @param offset where it stands in its partition of the topic of actions
     * @param why what stood against it, and the remedy
     */
    public record Refused(AlertAction action, long offset, String why) {}

    /** @throws NullPointerException when a part is missing */
    public Verdict {
        Objects.requireNonNull(next, "next");
        alerts = List.copyOf(alerts);
        refused = List.copyOf(refused);
    }
}
