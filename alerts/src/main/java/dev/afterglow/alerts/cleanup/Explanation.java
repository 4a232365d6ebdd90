package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.Severity;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Why an experiment is, or is not, flagged: each rule with the values that it saw. It is made by the rules themselves,
 * so that it says what the judge does. An alert that is open already stays open until its cause is gone, also when it
 * would not open any more.
 *
 * @param key the experiment
 * @param at the instant at which it was looked at, to the second; traffic and policy are those of the full hour before it
 * @param phase the version of its definition in force; empty when there is none
 * @param nextVersionAt when the next version of its definition takes effect, if one is to come
 * @param lastTraffic end of the newest quarter-hour with impressions, if there were any
 * @param findings one for each rule; where no definition is in force only for that which asks for none
 */
public record Explanation(
        ExperimentKey key,
        Instant at,
        Optional<Phase> phase,
        Optional<Instant> nextVersionAt,
        Optional<Instant> lastTraffic,
        List<Finding> findings) {

    /** @throws NullPointerException when a finding is missing */
    public Explanation {
        findings = List.copyOf(findings);
    }

    /**
     * Explains an experiment.
     *
     * @param definitions its history
     * @param policies those of its project
     * @param traffic its traffic
     * @param told kinds, by name, of which an alert was told in the run in force and is resolved: it takes more to open
     *     another
     * @param now the present
     */
    public static Explanation of(
            ExperimentKey key,
            Definitions definitions,
            PolicyHistory policies,
            Consumption traffic,
            Set<String> told,
            Instant now) {
        var at = now.truncatedTo(ChronoUnit.SECONDS);
        var hour = UtcGrid.floorHour(at);
        var phase = definitions.phaseAt(at);
        var situation = new Situation(
                key,
                definitions,
                phase.orElseGet(() -> Phase.undefined(key)),
                policies.inForceAt(hour),
                new WithoutProject(traffic),
                told,
                at);
        var findings = Rules.of(situation.phase()).stream()
                .map(rule -> finding(rule, situation))
                .toList();
        return new Explanation(key, at, phase, definitions.nextChangeAfter(at), traffic.lastTraffic(hour), findings);
    }

    /** Whether any rule calls for an alert. */
    public boolean isFlagged() {
        return findings.stream().anyMatch(Finding::applies);
    }

    /**
     * Whether an alert is open that would not open now: the judge is slower to close than to open. What no rule here
     * raises, a flood for example, has an end of its own.
     */
    public boolean keepsOpen(OpenOne alert) {
        return findings.stream().anyMatch(finding -> finding.kind().name().equals(alert.kind()) && !finding.applies());
    }

    private static Finding finding(Rule rule, Situation situation) {
        var checks = rule.checks(situation);
        var condition = rule.condition(situation);
        var severity = condition
                .filter(holds -> checks.stream().allMatch(Check::holds))
                .map(holds -> Machines.isCritical(rule, situation, holds) ? Severity.CRITICAL : Severity.WARNING);
        return new Finding(
                rule.kind(),
                severity,
                checks,
                condition.flatMap(holds -> Checks.cost(rule, situation, holds.since())),
                condition
                        .flatMap(holds -> CaseCost.goingOn(rule, situation, holds.since()))
                        .map(CaseCost::inWords));
    }

    /** Rules ask nothing of the project: only the end of an alert does. */
    private record WithoutProject(Consumption traffic) implements Traffic {

        @Override
        public long impressions(Instant from, Instant to) {
            return traffic.impressions(from, to);
        }

        @Override
        public SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough) {
            return traffic.impressionsByVariant(from, to, enough);
        }

        @Override
        public Optional<Instant> stretchStart(Instant before) {
            return traffic.stretchStart(before);
        }

        @Override
        public Optional<Instant> lastTraffic(Instant before) {
            return traffic.lastTraffic(before);
        }

        @Override
        public ProjectAccounts accounts() {
            return traffic.accounts();
        }

        @Override
        public boolean projectFlows(Instant at) {
            throw new IllegalStateException("no rule asks for this: it belongs to the end of an alert");
        }
    }
}
