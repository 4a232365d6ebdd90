package dev.afterglow.streams.demo;

import dev.afterglow.contract.AlertStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert that has to be there in the end.
 *
 * @param kind kind by name
 * @param subject experiment identity or budget id
 * @param status the state it has to be in
 * @param until after this time its state is open to question; empty when it is not
 */
record ExpectedAlert(String kind, String subject, AlertStatus status, Optional<Instant> until) {

    static final String BUDGET_ACTUAL = "BUDGET_ACTUAL";

    /** Whether a state is a right one. A budget jumps to any threshold, so that being open is enough. */
    boolean accepts(String actual) {
        return status.name().equalsIgnoreCase(actual)
                || kind.equals(BUDGET_ACTUAL) && AlertStatus.ESCALATED.name().equalsIgnoreCase(actual);
    }
}
