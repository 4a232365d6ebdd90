package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CostPaceTest {

    private final CostBench cost = new CostBench();

    @BeforeEach
    void begin() {
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.watermark(NOON);
    }

    @AfterEach
    void close() {
        cost.close();
    }

    @ParameterizedTest
    @EnumSource(value = BudgetScope.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void alertsAtTheTimeOfTheTrafficInEveryScope(BudgetScope scope) {
        // given 5 % of 10 dollars are 50,000 impressions
        cost.accounts.put(inScope(scope));

        // when
        cost.use("checkout", "growth", quarter(0, 40_000));
        reach(Duration.ofMinutes(17));
        var below = pace();
        cost.use("checkout", "growth", quarter(1, 10_000));
        reach(Duration.ofMinutes(32));

        // then
        assertThat(below).isEmpty();
        assertThat(pace())
                .extracting(CostAlert::getAlertId, CostAlert::getSeverity, CostAlert::getSpend, CostAlert::getAt)
                .containsExactly(tuple(
                        "PACE/growth/1/2026-11/2026-11-03T12:30:00Z",
                        Severity.CRITICAL,
                        500_000L,
                        NOON.plus(Duration.ofMinutes(30))));
    }

    @ParameterizedTest
    @EnumSource(value = BudgetScope.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void aFeeHasNoPace(BudgetScope scope) {
        // given a fee of half of the budget, and a minimum of 90 % of it
        cost.accounts.add(
                FakeAccounts.plan("acme", 2, 10).setFlatFeeMicros(5_000_000).setMinimumMicros(9_000_000));
        cost.accounts.put(inScope(scope));

        // when the first impressions of the month are seen
        cost.use("checkout", "growth", quarter(0, 40_000));
        reach(Duration.ofMinutes(17));

        // then
        assertThat(pace()).isEmpty();
    }

    @Test
    void countsWithTheTeamThatOwnsTheExperimentNow() {
        // given
        cost.accounts.put(inScope(BudgetScope.TEAM));
        cost.use("checkout", "payments", quarter(0, 45_000));
        reach(Duration.ofMinutes(17));
        assertThat(pace()).isEmpty();

        // when the experiment changes hands
        cost.use("checkout", "growth", quarter(1, 5_000));
        reach(Duration.ofMinutes(32));

        // then
        assertThat(pace()).extracting(CostAlert::getSpend).containsExactly(500_000L);
    }

    @Test
    void resolvesWithoutAnyTraffic() {
        // given
        cost.accounts.put(inScope(BudgetScope.ACCOUNT));
        cost.use("checkout", "growth", quarter(0, 60_000));
        reach(Duration.ofMinutes(17));
        assertThat(pace()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.OPEN);

        // when
        reach(Duration.ofDays(1));

        // then the fast window was at the limit for an hour, and the alert is held for six
        assertThat(pace())
                .extracting(CostAlert::getStatus, CostAlert::getAt)
                .containsExactly(tuple(AlertStatus.RESOLVED, NOON.plus(Duration.ofHours(7))));
    }

    @ParameterizedTest
    @EnumSource(value = BudgetScope.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void resolvesWhatWasOpenForABudgetThatIsDeletedWithNothingButItsId(BudgetScope scope) {
        // given
        cost.accounts.put(inScope(scope));
        cost.use("checkout", "growth", quarter(0, 60_000));
        reach(Duration.ofMinutes(17));
        assertThat(pace()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.OPEN);

        // when
        cost.accounts.put(inScope(scope)
                .setVersion(2)
                .setDeleted(true)
                .setTeam(null)
                .setProject(null)
                .setEnvironment(null)
                .setExperiment(null));
        cost.use("checkout", "growth", quarter(1, 1));
        reach(Duration.ofMinutes(32));

        // then
        assertThat(pace()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    @Test
    void resolvesWhatWasOpenForABudgetThatHasMovedToAnotherAccount() {
        // given
        cost.accounts.put(inScope(BudgetScope.ACCOUNT));
        cost.use("checkout", "growth", quarter(0, 60_000));
        reach(Duration.ofMinutes(17));
        pace();

        // when
        cost.accounts.put(inScope(BudgetScope.ACCOUNT).setVersion(2).setAccount("umbrella"));
        reach(Duration.ofMinutes(32));

        // then
        assertThat(pace()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    private List<CostAlert> pace() {
        return cost.alerts().stream()
                .filter(alert -> alert.getAlertId().startsWith("PACE/"))
                .toList();
    }

    private void reach(Duration afterNoon) {
        cost.judge(NOON.plus(afterNoon));
    }

    private static Budget.Builder inScope(BudgetScope scope) {
        var budget = Budget.newBuilder()
                .setBudgetId("growth")
                .setVersion(1)
                .setScope(scope)
                .setAccount("acme")
                .setUnit(BudgetUnit.MONEY)
                .setCurrency("USD")
                .setAmount(10_000_000);
        return switch (scope) {
            case TEAM -> budget.setTeam("growth");
            case PROJECT -> budget.setProject("shop");
            case EXPERIMENT ->
                budget.setProject("shop").setEnvironment("production").setExperiment("checkout");
            default -> budget;
        };
    }

    private static UsageQuarter quarter(int index, long impressions) {
        Instant start = NOON.plus(Duration.ofMinutes(15L * index));
        return new UsageQuarter(start, impressions, 0L);
    }
}
