package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupEvidence;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Severity;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an experiment costs, from the traffic of all that its account pays for. */
class CleanupMoneyTest {

    private static final Instant DAY_2 = NOON.plus(Duration.ofDays(2));
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long USD = 1_000_000;

    private final CleanupBench cleanup = new CleanupBench();

    @BeforeEach
    void warnAfterTwoDays() {
        cleanup.policies.add(shop(1));
        cleanup.define(Experiments.full(1, NOON));
    }

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void saysNothingOfMoneyWithoutAPricePlan() {
        used(DAY_2, 10);

        var alert = judged(DAY_2.plus(HOUR));

        assertThat(money(alert)).containsOnlyNulls();
        assertThat(alert.getEvidence().getCurrency()).isNull();
        assertThat(alert.getSummary()).doesNotContain("cost");
    }

    @Test
    void pricesTheExperimentAsAPartOfAllThatItsAccountUses() {
        // given two projects in one account, a quarter of whose 800 impressions are the experiment's, and 300 are free
        cleanup.accounts.add(FakeAccounts.plan("default", 1, USD).setIncludedImpressions(300));
        used(DAY_2, 200);
        cleanup.projectTraffic("other", DAY_2, 600);

        // when
        var alert = judged(DAY_2.plus(HOUR));

        // then
        assertThat(alert.getEvidence().getCurrency()).isEqualTo("USD");
        assertThat(alert.getEvidence().getCostSinceMicros()).isEqualTo(125 * USD);
    }

    @Test
    void takesNoOtherAccountIntoIt() {
        // given
        cleanup.accounts.add(FakeAccounts.plan("default", 1, USD).setIncludedImpressions(300));
        cleanup.policies.add(shop(1).setProject("other").setAccount("another"));
        used(DAY_2, 400);
        cleanup.projectTraffic("other", DAY_2, 600);

        // when, then
        assertThat(judged(DAY_2.plus(HOUR)).getEvidence().getCostSinceMicros()).isEqualTo(100 * USD);
    }

    @Test
    void goesOnCountingWhatComesAfterItWasAskedFirst() {
        // given an alert that has asked for November
        cleanup.accounts.add(FakeAccounts.plan("default", 1, USD).setIncludedImpressions(300));
        used(DAY_2, 100);
        assertThat(judged(DAY_2.plus(HOUR)).getEvidence().getCostSinceMicros()).isZero();

        // when
        cleanup.projectTraffic("other", DAY_2.plus(HOUR), 300);
        cleanup.define(Experiments.archived(2, DAY_2.plus(HOUR).plusSeconds(7200)));

        // then
        var resolved = judged(DAY_2.plus(HOUR).plusSeconds(7200));
        assertThat(resolved.getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(resolved.getEvidence().getCostSinceMicros()).isEqualTo(25 * USD);
        assertThat(resolved.getEvidence().getSavingMicros()).isNull();
        assertThat(resolved.getSummary()).endsWith("it was archived. It cost USD 25.00 in that time.");
    }

    @Test
    void countsAnewWhenAProjectMovesToAnotherAccount() {
        // given
        cleanup.accounts.add(FakeAccounts.plan("default", 1, USD).setIncludedImpressions(300));
        used(DAY_2, 100);
        cleanup.projectTraffic("other", DAY_2, 300);
        assertThat(judged(DAY_2.plus(HOUR)).getEvidence().getCostSinceMicros()).isEqualTo(25 * USD);

        // when it is heard that another account has been paying for the other project all along
        cleanup.policies.add(shop(1).setProject("other").setAccount("another"));
        cleanup.define(Experiments.archived(2, DAY_2.plus(HOUR).plusSeconds(7200)));

        // then
        assertThat(judged(DAY_2.plus(HOUR).plusSeconds(7200)).getEvidence().getCostSinceMicros())
                .isZero();
    }

    @Test
    void looksAhead() {
        // given 48 a day, and 24 days and 12 hours of November left
        cleanup.accounts.add(FakeAccounts.plan("default", 1, USD));
        for (var hour = NOON; hour.isBefore(DAY_2); hour = hour.plus(HOUR)) {
            used(hour, 2);
        }

        // when
        var alert = judged(DAY_2);

        // then
        assertThat(money(alert)).containsExactly(96 * USD, 1_224 * USD, 31 * 48 * USD, 1_224 * USD);
        assertThat(alert.getSummary())
                .endsWith(" It has cost USD 96.00 since then; if it goes on, about USD 1,224.00 more until the end of"
                        + " November, and USD 1,488.00 in December. Ending it now saves USD 1,224.00 in November.");
    }

    @Test
    void isCriticalFromTheHourInWhichItHasCostTooMuch() {
        // given
        cleanup.accounts.add(FakeAccounts.plan("default", 1, USD));
        cleanup.policies.add(shop(2).setCriticalCostMicros(30 * USD));
        used(DAY_2, 10);
        assertThat(judged(DAY_2.plus(HOUR)).getStatus()).isEqualTo(AlertStatus.OPEN);

        // when
        used(DAY_2.plus(HOUR), 19);
        used(DAY_2.plus(HOUR).plus(HOUR), 1);
        used(DAY_2.plusSeconds(3 * 3600), 1);

        // then
        var alert = judged(DAY_2.plusSeconds(10 * 3600));
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.ESCALATED);
        assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.getAt()).isEqualTo(DAY_2.plusSeconds(3 * 3600));
        assertThat(alert.getEvidence().getCostSinceMicros()).isEqualTo(30 * USD);
        assertThat(alert.getSummary()).contains(", past the USD 30.00 that its project allows, and still consumed");
    }

    @Test
    void isCriticalAtOnceWhereItHasCostTooMuchBeforeItsDaysAreOver() {
        cleanup.accounts.add(FakeAccounts.plan("default", 1, USD));
        cleanup.policies.add(shop(2).setCriticalCostMicros(30 * USD));
        used(DAY_2.minus(HOUR), 30);

        assertThat(judged(DAY_2).getStatus()).isEqualTo(AlertStatus.ESCALATED);
    }

    private static ProjectPolicy.Builder shop(long version) {
        return FakePolicies.shop(version).setWarnAfterDays(2).setCriticalAfterDays(9);
    }

    private void used(Instant at, long count) {
        cleanup.traffic(at, count);
    }

    private CleanupAlert judged(Instant hour) {
        cleanup.judgedUpTo(hour);
        var alerts = cleanup.alerts();
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private static List<Long> money(CleanupAlert alert) {
        CleanupEvidence evidence = alert.getEvidence();
        return Arrays.asList(
                evidence.getCostSinceMicros(),
                evidence.getProjectedMonthMicros(),
                evidence.getProjectedNextMonthMicros(),
                evidence.getSavingMicros());
    }
}
