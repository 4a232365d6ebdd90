package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.PendingAction;
import dev.afterglow.state.RunEnding;
import java.util.List;
import java.util.Objects;

/**
 * What came of judging a case.
 *
 * @param next the case from here on
 * @param alerts the messages to send, in order; mostly none
 * @param refused actions that could not be taken
 * @param endings runs whose outcome is to be written, or taken back
 */
public record Verdict(CaseFile next, List<CleanupAlert> alerts, List<Refused> refused, List<Ending> endings) {

    /**
     * News of the end of a run.
     *
     * @param run how it ended
     * @param takenBack whether it has not ended after all: its alerts are open again
     */
    public record Ending(RunEnding run, boolean takenBack) {}

    /**
     * An action that could not be taken.
     *
     * @param what somebody wanted to do, and where that stands in the topic of actions
     * @param why what stood against it, and the remedy
     */
    public record Refused(PendingAction what, String why) {

        /** Without the texts that go with it, which may be long. */
        public Refused {
            what = Actions.withoutTexts(what);
        }
    }

    /** @throws NullPointerException when a part is missing */
    public Verdict {
        Objects.requireNonNull(next, "next");
        alerts = List.copyOf(alerts);
        refused = List.copyOf(refused);
        endings = List.copyOf(endings);
    }
}
