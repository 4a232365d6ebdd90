package dev.afterglow.alerts.money;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;

/**
 * Who pays for the traffic of a project: the account that its policy names at the start of the UTC hour.
 *
 * @param policies those of the project
 * @param books of all accounts
 */
public record ProjectAccounts(PolicyHistory policies, AccountBooks books) {

    /** A project for which nobody pays. */
    public static final ProjectAccounts NONE = new ProjectAccounts(PolicyHistory.empty("none"), AccountBooks.EMPTY);

    /** The account that pays for the hour of an instant. */
    public String at(Instant instant) {
        return policies.inForceAt(UtcGrid.floorHour(instant)).getAccount();
    }

    /** Up to when that account is sure to pay: a full hour, or the end of time. */
    Instant holdsUntil(Instant instant) {
        return policies.nextChangeAfter(UtcGrid.floorHour(instant))
                .map(UtcGrid::ceilHour)
                .orElse(Instant.MAX);
    }

    /** The price plans of the account that pays for the hour of an instant. */
    PlanHistory plansAt(Instant instant) {
        return books.plans(at(instant));
    }
}
