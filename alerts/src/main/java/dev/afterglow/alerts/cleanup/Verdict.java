package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.state.CaseFile;
import java.util.List;
import java.util.Objects;

/**
 * What came of judging a case.
 *
 * @param next the case from here on
 * @param alerts the messages to send, in order; mostly none
 */
public record Verdict(CaseFile next, List<CleanupAlert> alerts) {

    /** @throws NullPointerException when a part is missing */
    public Verdict {
        Objects.requireNonNull(next, "next");
        alerts = List.copyOf(alerts);
    }
}
