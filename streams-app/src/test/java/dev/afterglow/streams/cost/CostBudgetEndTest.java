package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.UsageQuarter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an alert on a budget when the period ends, or the budget is no more what it was. */
class CostBudgetEndTest {

    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final String AT_50 = "BUDGET_ACTUAL/growth/1/2026-11/50";

    private final CostBench cost = new CostBench();

    @BeforeEach
    void begin() {
        cost.watermark(NOON);
    }

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void resolvesAtTheEndOfThePeriodWithoutAnyUsage() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 50);
        cost.reach(17);
        cost.alerts();
        cost.driver.read(cost.topics.openAlerts());

        // when, then
        cost.judge(DECEMBER.plusSeconds(120).minusMillis(1));
        assertThat(cost.alerts()).isEmpty();
        cost.judge(DECEMBER.plusSeconds(120));
        cost.publish();
        assertThat(cost.alerts())
                .extracting(CostAlert::getStatus, CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(AlertStatus.RESOLVED, Resolution.PERIOD_ENDED, DECEMBER));
        assertThat(cost.driver.read(cost.topics.openAlerts())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(AT_50);
            assertThat(record.value()).isNull();
        });
    }

    @Test
    void tellsOfAThresholdThatIsReachedInTheLastQuarterHourOfThePeriod() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));

        // when
        cost.use("checkout", "growth", new UsageQuarter(DECEMBER.minusSeconds(900), 50L, 0L));
        cost.judge(DECEMBER.plusSeconds(120));

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getStatus, CostAlert::getPeriod, CostAlert::getAt)
                .containsExactly(
                        tuple(AlertStatus.OPEN, "2026-11", DECEMBER), tuple(AlertStatus.RESOLVED, "2026-11", DECEMBER));
    }

    @Test
    void countsWhatComesLateForAPeriodThatHasEnded() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 50);
        cost.judge(DECEMBER.plus(Duration.ofDays(2)));
        cost.alerts();

        // when
        cost.use(0, 30);
        cost.publish();

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getThresholdPercent, CostAlert::getStatus, CostAlert::getAt)
                .containsExactly(
                        tuple(80, AlertStatus.OPEN, DECEMBER.plus(Duration.ofDays(2))),
                        tuple(80, AlertStatus.RESOLVED, DECEMBER.plus(Duration.ofDays(2))));
    }

    @Test
    void resolvesTheAlertOfABudgetThatIsDeleted() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 50);
        cost.reach(17);
        cost.alerts();

        // when
        cost.accounts.put(Budgets.impressions(1, 100).setVersion(2).setDeleted(true));
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getResolution).containsExactly(Resolution.BUDGET_CHANGED);
    }

    @Test
    void resolvesTheAlertOfABudgetThatHasMovedToAnotherAccount() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 50);
        cost.reach(17);
        cost.alerts();

        // when
        cost.accounts.put(Budgets.impressions(2, 100).setAccount("umbrella"));
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getResolution).containsExactly(Resolution.BUDGET_CHANGED);
    }

    @Test
    void resolvesTheAlertOfABudgetOfAnExperimentThatIsDeletedWithNothingButItsId() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100)
                .setScope(BudgetScope.EXPERIMENT)
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("checkout"));
        cost.use(0, 100);
        cost.reach(17);
        assertThat(cost.alerts()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.OPEN);

        // when
        cost.accounts.put(Budgets.impressions(1, 100)
                .setVersion(2)
                .setScope(BudgetScope.EXPERIMENT)
                .setDeleted(true));
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }
}
