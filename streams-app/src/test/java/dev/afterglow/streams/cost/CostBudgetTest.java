package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static dev.afterglow.streams.cost.CostBench.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.Resolution;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a threshold of a budget is reached, and of which quarter-hour an alert on it tells. */
class CostBudgetTest {

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
    void alertsOnceAtTheEndOfTheQuarterHourInWhichAThresholdIsReached() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 49);
        cost.reach(17);
        assertThat(cost.alerts()).isEmpty();

        // when
        cost.use(1, 1);
        cost.reach(32);
        cost.use(2, 1);
        cost.reach(47);

        // then
        assertThat(cost.driver.read(cost.topics.costAlerts())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("growth");
            assertThat(record.value().getAlertId()).isEqualTo(AT_50);
            assertThat(record.value().getSpend()).isEqualTo(50);
            assertThat(record.value().getAt()).isEqualTo(minute(30));
            assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("dev.afterglow.budget-actual.open");
        });
        assertThat(cost.driver.read(cost.topics.openAlerts()))
                .extracting(TestRecord::key)
                .containsExactly(AT_50);
    }

    @Test
    void saysNothingBeforeTheQuarterHourIsComplete() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 50);

        // when, then
        cost.judge(minute(17).minusMillis(1));
        assertThat(cost.alerts()).isEmpty();
        cost.reach(17);
        assertThat(cost.alerts()).extracting(CostAlert::getAlertId).containsExactly(AT_50);
    }

    @Test
    void judgesABudgetThatArrivesAfterTheUsage() {
        // given
        cost.use(0, 50);
        cost.reach(17);

        // when
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.publish();

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getAlertId, CostAlert::getAt)
                .containsExactly(tuple(AT_50, minute(17)));
    }

    @Test
    void countsWhatComesTooLateForItsQuarterHour() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 49);
        cost.reach(47);

        // when
        cost.use(0, 1);
        cost.publish();

        // then it is told of now, before what the next quarter-hour may bring
        assertThat(cost.alerts())
                .extracting(CostAlert::getAlertId, CostAlert::getAt)
                .containsExactly(tuple(AT_50, minute(47)));
    }

    @Test
    void judgesWhatIsLateAfterWhatWasWaitedFor() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 40);
        cost.reach(17);

        // when a late impression and a jump come before the jump is judged
        cost.use(1, 30);
        cost.use(0, 10);
        cost.reach(32);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getThresholdPercent, CostAlert::getSpend, CostAlert::getAt)
                .containsExactly(tuple(80, 80L, minute(30)));
    }

    @Test
    void tellsOfEveryThresholdThatLateUsageReachesWithinAQuarterHour() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 49);
        cost.reach(20);

        // when
        cost.use(0, 1);
        cost.publish();
        cost.use(0, 30);
        cost.publish();

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getThresholdPercent, CostAlert::getStatus)
                .containsExactly(
                        tuple(50, AlertStatus.OPEN), tuple(50, AlertStatus.RESOLVED), tuple(80, AlertStatus.OPEN));
    }

    @Test
    void keepsWhatWasToldOfAfterTheLastQuarterHourUntilTheNextOneSays() {
        // given an alert that was opened late in a running quarter-hour, as an earlier release did
        cost.accounts.put(Budgets.impressions(1, 100));
        cost.use(0, 49);
        cost.reach(20);
        cost.use(0, 1);
        cost.publish();
        assertThat(cost.alerts()).extracting(CostAlert::getAt).containsExactly(minute(20));

        // when something has it judged again by what was spent up to the quarter-hour before
        cost.use(0, -1);
        cost.publish();
        assertThat(cost.alerts()).isEmpty();

        // then the next quarter-hour decides, though nothing is used in it
        cost.reach(32);
        assertThat(cost.alerts())
                .extracting(CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(Resolution.BELOW_THRESHOLD, minute(30)));
    }

    @Test
    void countsForTheTeamThatOwnsAnExperiment() {
        // given
        cost.accounts.put(Budgets.impressions(1, 100).setScope(BudgetScope.TEAM).setTeam("payments"));
        cost.use(0, 80);
        cost.reach(17);
        assertThat(cost.alerts()).isEmpty();

        // when the experiment changes hands
        cost.use("checkout", "payments");
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getThresholdPercent).containsExactly(80);
    }
}
