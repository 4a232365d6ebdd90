package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.Amount;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ProjectPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The cost from which an open alert is critical, whatever its days. */
final class CostLimit {

    private static final Duration HOUR = Duration.ofHours(1);

    private CostLimit() {}

    /** Whether a state has cost as much as the policy allows. Without a price it costs nothing that is known. */
    static boolean isReached(Rule rule, Situation situation, Instant since) {
        var limit = of(rule, situation.policy());
        return limit.isPresent()
                && costSince(rule, situation, since)
                        .filter(cost -> cost.micros() >= limit.get())
                        .isPresent();
    }

    /**
     * As {@link #isReached}, for an alert that is open already. Cost moves with what the whole account uses: it is looked
     * at where the experiment itself was used in the hour before, which is when the case is judged in any event, so that
     * it does not matter how often it is judged in between.
     */
    static boolean isCrossed(Rule rule, Situation situation, Instant since) {
        return of(rule, situation.policy()).isPresent()
                && situation.impressionsSince(situation.hour().minus(HOUR)) > 0
                && isReached(rule, situation, since);
    }

    /** Micro-units of the account's currency; empty where no cost makes an alert critical. */
    static Optional<Long> of(Rule rule, ProjectPolicy policy) {
        return rule.isCriticalByCost() ? Optional.ofNullable(policy.getCriticalCostMicros()) : Optional.empty();
    }

    /** What the impressions that count against it have cost; empty without a price. */
    static Optional<Amount> costSince(Rule rule, Situation situation, Instant since) {
        return situation.money().cost(situation.start(rule.countsFrom(since, situation)), situation.hour());
    }

    /** What made an alert critical, by the days first; empty where it is not, or is so for what held earlier. */
    static Optional<String> passed(CleanupAlert.Builder alert, ProjectPolicy policy) {
        var evidence = alert.getEvidence();
        if (alert.getStatus() != AlertStatus.ESCALATED) {
            return Optional.empty();
        }
        var limit = policy.getCriticalCostMicros();
        var isByCost = limit != null && evidence.getCostSinceMicros() != null && evidence.getCostSinceMicros() >= limit;
        return isByCost && evidence.getDays() < policy.getCriticalAfterDays()
                ? Optional.of(Wording.money(new Amount(limit, evidence.getCurrency())))
                : Optional.of(Wording.days(policy.getCriticalAfterDays()));
    }
}
