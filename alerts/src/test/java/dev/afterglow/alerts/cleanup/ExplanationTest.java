package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.pricePlan;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.FakeBooks;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.CaseFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {

    private final TrafficLog traffic = new TrafficLog();
    private Definitions definitions = Definitions.empty();

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** Nothing is open before, so that what opens is what the rules call for. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void callsForAnAlertExactlyWhenTheJudgeOpensOne(long seed) {
        var history = new RandomHistory(seed);

        for (var hour = RandomHistory.FROM; hour.isBefore(RandomHistory.TO); hour = UtcGrid.nextHour(hour)) {
            CaseFile fresh = null;
            var opened = CaseJudge.judge(fresh, KEY, history.definitions, history.policies, history.traffic, hour)
                    .alerts();
            var explained = Explanation.of(KEY, history.definitions, history.policies, history.traffic, Set.of(), hour);

            assertThat(explained.findings().stream().filter(Finding::applies).map(Finding::kind))
                    .as("at %s", hour)
                    .containsExactlyElementsOf(
                            opened.stream().map(alert -> alert.getKind()).toList());
            for (var alert : opened) {
                assertThat(finding(explained, alert.getKind()).severity())
                        .contains(alert.getStatus() == AlertStatus.ESCALATED ? Severity.CRITICAL : Severity.WARNING);
            }
        }
    }

    @Test
    void saysWhatALeftoverIsFlaggedFor() {
        // given
        define(split(1, START.minus(Duration.ofDays(10))), full(2, START));
        traffic.hourly(START, hourOnDay(20), 10);

        // when
        var explained = explain(hourOnDay(20).plusSeconds(1234));

        // then
        assertThat(ExplanationText.lines(explained, List.of()))
                .containsExactly(
                        "shop/production/checkout-cta: flagged as LEFTOVER_ROLLOUT",
                        "Looked at 2026-11-23T10:20:34Z. Version 2 of its definition is in force since"
                                + " 2026-11-03T09:20:00Z. The last impression came before 2026-11-23T09:15:00Z.",
                        "",
                        "LEFTOVER_ROLLOUT: yes, warning",
                        "  yes  serves one variant to everyone: 'green' is served to everyone, by version 2 of"
                                + " 2026-11-03T09:20:00Z",
                        "  yes  is not exempt: nothing exempts it",
                        "  yes  has done so for 14 days: since 2026-11-03T09:20:00Z; from 2026-11-17T10:00:00Z on it"
                                + " is a warning, from 2026-12-03T10:00:00Z on critical",
                        "  yes  consumes at least 1 impression in 24 h: 240 impressions in the last 24 h that count",
                        "",
                        "DECIDED_BUT_RUNNING: no: it is not decided yet",
                        "  no   has been decided: it is not decided yet",
                        "  no   is still split: 'green' is served to everyone, by version 2 of 2026-11-03T09:20:00Z",
                        "  yes  is not exempt: nothing exempts it",
                        "  no   has done so for 14 days: no day counts",
                        "  yes  consumes at least 1 impression in 24 h: 240 impressions in the last 24 h that count",
                        "",
                        "ZOMBIE_TRAFFIC: no: 'green' is served to everyone, by version 2 of 2026-11-03T09:20:00Z",
                        "  no   has ended: archived, or off after it was live: 'green' is served to everyone, by version"
                                + " 2 of 2026-11-03T09:20:00Z",
                        "  yes  is not exempt: nothing exempts it",
                        "  yes  consumes at least 1 impression in 24 h: 240 impressions in the last 24 h that count",
                        "",
                        "REACTIVATED: no: it was never archived in this run",
                        "  no   is live again after it was archived: it was never archived in this run",
                        "  no   has been so for less than 30 days: no day counts",
                        "  yes  is not exempt: nothing exempts it",
                        "  yes  consumes at least 1 impression in 24 h: 240 impressions in the last 24 h that count",
                        "",
                        "ROLLOUT_MISMATCH: no: nothing was seen that could be compared",
                        "  yes  is at full rollout, or split by weights alone: 'green' is served to everyone, by version"
                                + " 2 of 2026-11-03T09:20:00Z",
                        "  yes  is not exempt: nothing exempts it",
                        "  no   serves something else, by the last 24 h with traffic: nothing was seen that could be"
                                + " compared",
                        "  no   has been defined so for a day: no day counts",
                        "  yes  consumes at least 1 impression in 24 h: 240 impressions in the last 24 h that count",
                        "",
                        "UNKNOWN_EXPERIMENT: no: version 2 is in force since 2026-11-03T09:20:00Z",
                        "  no   has no definition: version 2 is in force since 2026-11-03T09:20:00Z",
                        "  yes  is not exempt: nothing exempts it",
                        "  no   has been evaluated for a day: no day counts",
                        "  yes  consumes at least 1 impression in 24 h: 240 impressions in the last 24 h that count",
                        "",
                        "No alert is open.");
    }

    @Test
    void saysWhatItCostsAndFromWhenOnThatIsCritical() {
        // given an impression costs a cent
        define(full(1, START));
        traffic.hourly(START, hourOnDay(20), 10);
        traffic.paidBy(new ProjectAccounts(Fixtures.defaults(), new FakeBooks().plan("default", pricePlan(0, 10_000))));

        // when
        var explained = explain(hourOnDay(20), policy(p -> p.setCriticalCostMicros(45_000_000L)));

        // then
        assertThat(finding(explained, CleanupKind.LEFTOVER_ROLLOUT).severity()).contains(Severity.CRITICAL);
        assertThat(ExplanationText.lines(explained, List.of()))
                .contains(
                        "  yes  is critical by its cost, from USD 45.00 on: USD 48.00 since 2026-11-03T09:20:00Z",
                        "       It has cost USD 48.00 since then; if it goes on, about USD 18.20 more until the end of"
                                + " November, and USD 74.40 in December. Ending it now saves USD 18.20 in November.");
    }

    @Test
    void saysThatNoCostIsKnownWithoutAPricePlan() {
        // given
        define(full(1, START));
        traffic.hourly(START, hourOnDay(20), 10);
        var policies = policy(p -> p.setCriticalCostMicros(45_000_000L));

        // then
        assertThat(ExplanationText.lines(explain(hourOnDay(20), policies), List.of()))
                .contains("  no   is critical by its cost, from 45000000 micro-units on: its account has no price plan"
                        + " that holds now");
    }

    @Test
    void saysThatAHealthyOneIsStillSplit() {
        // given
        define(split(1, START));
        traffic.hourly(START, hourOnDay(20), 10);

        // then
        assertThat(obstacle(explain(hourOnDay(20)), CleanupKind.LEFTOVER_ROLLOUT))
                .isEqualTo("it is split: 'blue' 50, 'green' 50, to 100 % of the units, by version 1 of"
                        + " 2026-11-03T09:20:00Z");
    }

    @Test
    void saysWhenAYoungRolloutWillBeFlagged() {
        // given
        define(full(1, START));
        traffic.hourly(START, hourOnDay(2), 10);

        // then
        assertThat(obstacle(explain(hourOnDay(2)), CleanupKind.LEFTOVER_ROLLOUT))
                .contains("from 2026-11-17T10:00:00Z on it is a warning");
    }

    @Test
    void saysWhatSparesAFlag() {
        // given
        define(full(1, START, builder -> builder.setKind(ExperimentKind.FEATURE_FLAG)));
        traffic.hourly(START, hourOnDay(20), 10);

        // then
        assertThat(obstacle(explain(hourOnDay(20)), CleanupKind.LEFTOVER_ROLLOUT))
                .isEqualTo("it is a feature flag, and its project leaves those out");
    }

    @Test
    void namesTheTagThatExempts() {
        // given
        define(full(1, START, builder -> builder.setTags(List.of("kept", "holdout"))));
        traffic.hourly(START, hourOnDay(20), 10);
        var policies = policy(rules -> rules.setExemptTags(List.of("holdout")));

        // then
        assertThat(obstacle(explain(hourOnDay(20), policies), CleanupKind.LEFTOVER_ROLLOUT))
                .isEqualTo("its project exempts the tag 'holdout'");
    }

    @Test
    void saysThatALeftoverConsumesTooLittle() {
        // given
        define(full(1, START));
        traffic.add(hourOnDay(19), 4);
        var policies = policy(rules -> rules.setMinimumImpressions(5));

        // then
        assertThat(obstacle(explain(hourOnDay(20), policies), CleanupKind.LEFTOVER_ROLLOUT))
                .isEqualTo("4 impressions in the last 24 h that count");
    }

    @Test
    void saysThatItTakesMoreToTellOfALeftoverAgain() {
        // given
        define(full(1, START));
        traffic.add(hourOnDay(19), 15);

        // when
        var explained = Explanation.of(
                KEY, definitions, Fixtures.defaults(), traffic, Set.of("LEFTOVER_ROLLOUT"), hourOnDay(20));

        // then
        assertThat(ExplanationText.lines(explained, List.of()))
                .contains(
                        "  no   consumes at least 16 impressions in 24 h, having been told of before: 15 impressions in"
                                + " the last 24 h that count");
    }

    @Test
    void saysThatAProjectWantsNoAlertsOfAKind() {
        // given
        define(full(1, START));
        traffic.hourly(START, hourOnDay(20), 10);
        var policies = policy(rules -> rules.setExemptKinds(List.of("LEFTOVER_ROLLOUT")));

        // then
        assertThat(obstacle(explain(hourOnDay(20), policies), CleanupKind.LEFTOVER_ROLLOUT))
                .isEqualTo("its project wants no alerts of this kind");
    }

    @Test
    void saysWhichVariantsAreSeen() {
        // given
        define(split(1, START));
        traffic.hourly(START, hourOnDay(3), "blue", 100).hourly(START, hourOnDay(3), "green", 100);

        // then
        assertThat(obstacle(explain(hourOnDay(3)), CleanupKind.ROLLOUT_MISMATCH))
                .isEqualTo("'blue', 'green' were seen");
    }

    @Test
    void flagsTrafficAfterTheEndBeyondTheGrace() {
        // given
        define(full(1, START), inState(2, hourOnDay(3), ExperimentState.ARCHIVED));
        traffic.add(hourOnDay(3).plus(Duration.ofHours(1)), 100);

        // then: within the grace it does not count
        assertThat(obstacle(explain(hourOnDay(4)), CleanupKind.ZOMBIE_TRAFFIC))
                .isEqualTo("0 impressions in the last 24 h that count");

        // when
        traffic.add(hourOnDay(3).plus(Duration.ofHours(2)), 1);

        // then
        assertThat(finding(explain(hourOnDay(4)), CleanupKind.ZOMBIE_TRAFFIC).severity())
                .contains(Severity.WARNING);
    }

    @Test
    void followsADefinitionWithinTheHour() {
        // given
        define(full(1, START));
        traffic.hourly(START, hourOnDay(20), 10);
        define(inState(2, hourOnDay(20).plusSeconds(60), ExperimentState.ARCHIVED));

        // then
        assertThat(explain(hourOnDay(20).plusSeconds(59)).isFlagged()).isTrue();
        assertThat(explain(hourOnDay(20).plusSeconds(60)).isFlagged()).isFalse();
    }

    @Test
    void saysWhenTheFirstDefinitionTakesEffect() {
        // given
        define(full(1, START));

        // then
        assertThat(ExplanationText.lines(explain(START.minusSeconds(60)), List.of())
                        .get(1))
                .contains("Its definition takes effect at 2026-11-03T09:20:00Z");
    }

    @Test
    void saysUntilWhenAnAlertIsSnoozed() {
        // given
        define(full(1, START));
        var id = "LEFTOVER_ROLLOUT/a/b/c/-/1";
        var snoozed = new OpenOne("LEFTOVER_ROLLOUT", "SNOOZED", hourOnDay(14), id, hourOnDay(21));

        // when
        var lines = ExplanationText.lines(explain(hourOnDay(20)), List.of(snoozed));

        // then
        assertThat(lines.get(lines.size() - 1))
                .startsWith("SNOOZED: LEFTOVER_ROLLOUT since 2026-11-17T10:00:00Z, until 2026-11-24T10:00:00Z (" + id
                        + ")");
    }

    @Test
    void saysWhyAnAlertStaysOpenThatWouldNotOpen() {
        // given
        define(full(1, START));
        var open = new OpenOne("LEFTOVER_ROLLOUT", "OPEN", hourOnDay(14), "LEFTOVER_ROLLOUT/a/b/c/-/1", null);

        // when
        var lines = ExplanationText.lines(explain(hourOnDay(20)), List.of(open));

        // then
        assertThat(lines.get(0)).endsWith("still flagged, though no alert would open now");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("OPEN: LEFTOVER_ROLLOUT since 2026-11-17T10:00:00Z (LEFTOVER_ROLLOUT/a/b/c/-/1)")
                .contains("until nothing was consumed in 24 h");
    }

    @Test
    void takesAFloodForNoReasonToClean() {
        // given
        define(split(1, START));
        var flood = new OpenOne("FLOOD", "OPEN", hourOnDay(1), "FLOOD/a/b/c", null);

        // when
        var lines = ExplanationText.lines(explain(hourOnDay(2)), List.of(flood));

        // then
        assertThat(lines.get(0)).endsWith(": not flagged");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("OPEN: FLOOD since 2026-11-04T10:00:00Z (FLOOD/a/b/c)");
    }

    @Test
    void saysThatOneIsEvaluatedWithoutADefinition() {
        // given
        traffic.add(hourOnDay(1), 3).add(hourOnDay(2), 4);

        // when
        var explained = explain(hourOnDay(2).plusSeconds(3_600));

        // then
        assertThat(explained.isFlagged()).isTrue();
        assertThat(ExplanationText.lines(explained, List.of()))
                .containsExactly(
                        "shop/production/checkout-cta: flagged as UNKNOWN_EXPERIMENT",
                        "Looked at 2026-11-05T11:00:00Z. It has no definition, and every other rule rests on one: write"
                                + " one to the topic of experiments. The last impression came before"
                                + " 2026-11-05T10:15:00Z.",
                        "",
                        "UNKNOWN_EXPERIMENT: yes, warning",
                        "  yes  has no definition: none is in force",
                        "  yes  is not exempt: nothing exempts it",
                        "  yes  has been evaluated for a day: since 2026-11-04T10:00:00Z; from 2026-11-05T10:00:00Z on it"
                                + " is a warning, from 2026-12-04T10:00:00Z on critical",
                        "  yes  consumes at least 1 impression in 24 h: 4 impressions in the last 24 h that count",
                        "",
                        "No alert is open.");
    }

    private void define(ExperimentDefinition... versions) {
        for (var version : versions) {
            definitions = definitions.with(version);
        }
    }

    private Explanation explain(Instant now) {
        return explain(now, Fixtures.defaults());
    }

    private Explanation explain(Instant now, PolicyHistory policies) {
        return Explanation.of(KEY, definitions, policies, traffic, Set.of(), now);
    }

    private static String obstacle(Explanation explained, CleanupKind kind) {
        return finding(explained, kind).obstacle().map(Check::found).orElse("none");
    }

    private static Finding finding(Explanation explained, CleanupKind kind) {
        return explained.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
