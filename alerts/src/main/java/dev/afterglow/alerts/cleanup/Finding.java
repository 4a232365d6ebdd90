package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What one rule makes of an experiment.
 *
 * @param kind of the alert that it raises
 * @param severity of the alert that would open now; empty when none would
 * @param checks everything the rule asks for, in the order in which it asks
 * @param costLimit whether its cost makes it critical; empty where the policy names no cost, or no time counts
 * @param cost what it costs, in whole sentences; empty without a price, or where no time counts
 */
public record Finding(
        CleanupKind kind,
        Optional<Severity> severity,
        List<Check> checks,
        Optional<Check> costLimit,
        Optional<String> cost) {

    /** @throws NullPointerException when a check is missing */
    public Finding {
        checks = List.copyOf(checks);
    }

    /** Whether the rule calls for an alert: everything it asks for is so. */
    public boolean applies() {
        return severity.isPresent();
    }

    /** The first thing that is not as the rule asks; empty when it applies. */
    public Optional<Check> obstacle() {
        return checks.stream().filter(check -> !check.holds()).findFirst();
    }
}
