package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostExplanation;
import dev.afterglow.contract.ExplainedSpend;
import dev.afterglow.contract.SwitchOffVerdict;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CostExplainedTest {

    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final long DOLLAR = 1_000_000;

    private final CostBench cost = new CostBench();

    @BeforeEach
    void begin() {
        cost.accounts.add(FakeAccounts.plan("acme", 1, DOLLAR));
    }

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void anAlertOnABudgetSaysWhatIsBehindItAndWhatCanBeDone() {
        // given 3 a day of a leftover and 4 of others, all of which becomes known on the 16th
        cost.watermark(day(15));
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 100));
        daily("left", "growth", 0, 15, 3, 3);
        daily("running", "growth", 0, 15, 4, 0);

        // when
        var alert = judgedOn(15);

        // then 105 dollars of 100 are spent: there is nothing to be saved any more
        assertThat(alert.getForecast()).isEqualTo(210 * DOLLAR);
        assertThat(alert.getExplanation().getCostliest())
                .extracting(ExplainedSpend::getExperiment)
                .containsExactly("running", "left");
        assertThat(alert.getExplanation().getSavingMicros()).isEqualTo(45 * DOLLAR);
        assertThat(alert.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.NOT_ENOUGH);
        assertThat(alert.getSummary()).contains("; threshold 100 %. Leftovers: 1 of 2 experiments. Switching off");
    }

    @Test
    void whoStartsLateFindsItToo() {
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 100));
        daily("left", "growth", 0, 15, 7, 7);

        var alert = judgedOn(15);

        assertThat(cost.driver.values(cost.topics.openAlerts())).last().satisfies(open -> {
            assertThat(open.getCost()).isEqualTo(alert);
            assertThat(open.getSummary()).isEqualTo(alert.getSummary());
        });
    }

    @Test
    void looksOnlyAtTheScopeOfTheBudget() {
        // when 120 of 200 are spent
        var explanation = explainedToATeamAmongOthers();

        // then
        assertThat(explanation.getCostliest())
                .extracting(ExplainedSpend::getExperiment)
                .containsExactly("left", "running");
        assertThat(explanation.getLeftovers()).isEqualTo(1);
        assertThat(explanation.getEndWithout()).isEqualTo(180 * DOLLAR);
        assertThat(explanation.getVerdict()).isEqualTo(SwitchOffVerdict.ENOUGH);
    }

    @Test
    void leavesFeeAndMinimumOfTheAccountOutOfWhatATeamPays() {
        // given a fee, and a minimum that is above all that is used
        cost.accounts.add(FakeAccounts.plan("acme", 2, DOLLAR)
                .setFlatFeeMicros(1_000 * DOLLAR)
                .setMinimumMicros(5_000 * DOLLAR));

        // when
        var explanation = explainedToATeamAmongOthers();

        // then the team has its 60 dollars less to pay, though the account has nothing
        assertThat(explanation.getCostliest())
                .extracting(ExplainedSpend::getCostMicros)
                .containsExactly(60 * DOLLAR, 60 * DOLLAR);
        assertThat(explanation.getEndWithout()).isEqualTo(180 * DOLLAR);
        assertThat(explanation.getSavingMicros()).isZero();
        assertThat(explanation.getVerdict()).isEqualTo(SwitchOffVerdict.ENOUGH);
    }

    @Test
    void looksOnlyAtTheExperimentOfTheBudget() {
        cost.watermark(day(15));
        cost.accounts.put(budget(BudgetScope.EXPERIMENT, 200)
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("left"));
        daily("left", "growth", 0, 15, 8, 8);
        daily("running", "growth", 0, 15, 4, 0);

        var alert = judgedOn(15);

        assertThat(alert.getExplanation().getCostliest())
                .extracting(ExplainedSpend::getExperiment)
                .containsExactly("left");
        assertThat(alert.getSummary()).contains(" The experiment is a leftover. Switching off it now saves about");
    }

    @Test
    void aSpikeSaysWhatItCanOfItsExperiment() {
        // given
        daily("checkout", "growth", 0, 15, 1_000, 0);

        // when
        cost.watermark(day(15));
        cost.use("checkout", "growth", new UsageQuarter(noon(15), 9_000L, 9_000L));
        cost.judge(noon(15).plus(Duration.ofMinutes(17)));

        // then
        assertThat(cost.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getExplanation().getLeftovers()).isEqualTo(1);
            assertThat(alert.getExplanation().getVerdict()).isNull();
            assertThat(alert.getForecast()).isEqualTo(30_000 * DOLLAR);
        });
    }

    @Test
    void aSpikeExpectsOfItsAccountWhatItsAccountSpends() {
        // given five times as much of another
        daily("checkout", "growth", 0, 15, 1_000, 0);
        daily("other", "growth", 0, 15, 5_000, 0);

        // when
        cost.watermark(day(15));
        cost.use("checkout", "growth", new UsageQuarter(noon(15), 9_000L, 9_000L));
        cost.judge(noon(15).plus(Duration.ofMinutes(17)));

        // then
        assertThat(cost.alerts())
                .filteredOn(alert -> alert.getSpike().getExperiment() != null)
                .singleElement()
                .satisfies(alert -> assertThat(alert.getForecast()).isEqualTo(180_000 * DOLLAR));
    }

    @Test
    void isTheSameWhetherItsTrafficComesBeforeOrAfterThatOfTheNextHour() {
        // given pace of 20 dollars in a quarter-hour
        cost.accounts.put(
                budget(BudgetScope.ACCOUNT, 100).setActualPercents(List.of()).setPace(true));
        daily("left", "growth", 0, 2, 1, 1);
        cost.watermark(noon(2));
        cost.use("left", "growth", new UsageQuarter(noon(2), 20L, 20L));

        // when what comes later is known already
        cost.use("other", "growth", new UsageQuarter(noon(2).plusSeconds(900), 50L, 50L));
        cost.judge(noon(2).plus(Duration.ofMinutes(17)));

        // then
        assertThat(cost.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getExplanation())
                        .extracting(CostExplanation::getUntil, CostExplanation::getLeftovers)
                        .containsExactly(noon(2).plusSeconds(900), 1));
    }

    @Test
    void anAlertThatCannotBeExplainedIsSentWithoutAnExplanation() {
        // given a leftover that would have more impressions by the end of the month than 64 bits hold
        cost.accounts.add(FakeAccounts.plan("acme", 2, 0));
        cost.watermark(day(3));
        cost.accounts.put(Budgets.impressions(1, 100));
        daily("left", "growth", 0, 3, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);

        // when
        var alert = judgedOn(3);

        // then
        assertThat(alert.getBudgetId()).isEqualTo("growth");
        assertThat(alert.getExplanation()).isNull();
    }

    @Test
    void aResolvedAlertHasNone() {
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 100));
        daily("left", "growth", 0, 15, 7, 7);
        judgedOn(15);

        cost.judge(day(30).plus(Duration.ofMinutes(2)));

        assertThat(cost.alerts()).isNotEmpty().allMatch(alert -> alert.getExplanation() == null);
    }

    /** Of 200 dollars a team has spent 120 by the 16th, half of it on a leftover; others have spent more. */
    private CostExplanation explainedToATeamAmongOthers() {
        cost.watermark(day(15));
        cost.accounts.put(budget(BudgetScope.TEAM, 200).setTeam("growth"));
        daily("left", "growth", 0, 15, 4, 4);
        daily("running", "growth", 0, 15, 4, 0);
        daily("other", "payments", 0, 15, 10, 10);
        return judgedOn(15).getExplanation();
    }

    /** The newest alert that is not resolved. */
    private CostAlert judgedOn(int day) {
        cost.judge(day(day));
        return cost.alerts().stream()
                .filter(alert -> alert.getResolution() == null)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private void daily(String experiment, String team, int first, int end, long impressions, long leftover) {
        cost.use(
                experiment,
                team,
                IntStream.range(first, end)
                        .mapToObj(day -> new UsageQuarter(noon(day), impressions, leftover))
                        .toArray(UsageQuarter[]::new));
    }

    private static Instant noon(int day) {
        return day(day).plus(Duration.ofHours(12));
    }

    private static Instant day(int index) {
        return NOVEMBER.plus(Duration.ofDays(index));
    }

    private static Budget.Builder budget(BudgetScope scope, long dollars) {
        return Budgets.money("growth", dollars * DOLLAR).setScope(scope);
    }
}
