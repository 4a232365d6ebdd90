package dev.afterglow.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.ForecastState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastJudgeTest {

    private static final String PERIOD = "2026-11";
    private static final Instant DAY = Instant.parse("2026-11-10T00:00:00Z");

    private final Budget budget =
            Budgets.impressions().setForecastPercents(List.of(80, 100)).build();

    @Test
    void opensAnAlertThatTellsEverything() {
        var verdict = day(null, 300_000, 1_050_000);

        assertThat(verdict.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("BUDGET_FORECAST/growth/1/2026-11/100");
            assertThat(alert.getKind()).isEqualTo(CostKind.BUDGET_FORECAST);
            assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
            assertThat(alert.getAt()).isEqualTo(DAY);
            assertThat(alert.getSpend()).isEqualTo(300_000);
            assertThat(alert.getForecast()).isEqualTo(1_050_000);
            assertThat(alert.getForecastLow()).isEqualTo(1_049_000);
            assertThat(alert.getForecastHigh()).isEqualTo(1_052_000);
            assertThat(alert.getSummary())
                    .isEqualTo("Budget growth has used 300,000 of 1,000,000 impressions (30 %) in 2026-11"
                            + " and is expected to end at 1,050,000 (105 %; between 1,049,000 and 1,052,000);"
                            + " threshold 100 %.");
        });
        assertThat(verdict.next().getJudgedUpTo()).isEqualTo(DAY);
    }

    @Test
    void opensAtTheThresholdAndNotBelow() {
        assertThat(changes(day(null, 0, 999_999))).containsExactly("OPEN 80");
        assertThat(changes(day(null, 0, 1_000_000))).containsExactly("OPEN 100");
        assertThat(changes(day(null, 0, 799_999))).isEmpty();
    }

    @Test
    void holdsDownTo95PercentOfTheThreshold() {
        var open = day(null, 0, 1_000_000);

        assertThat(changes(day(open.next(), 0, 950_000))).isEmpty();
        assertThat(changes(day(open.next(), 0, 949_999))).containsExactly("RESOLVED 100 BELOW_THRESHOLD");
    }

    @Test
    void doesNotFlapWhenTheForecastComesAndGoesWithinTheBand() {
        var state = day(null, 0, 1_000_000).next();
        for (int i = 0; i < 10; i++) {
            assertThat(changes(day(state, 0, i % 2 == 0 ? 960_000 : 1_010_000))).isEmpty();
        }
    }

    @Test
    void letsTheHigherThresholdTakeOver() {
        var first = day(null, 0, 850_000);

        assertThat(changes(day(first.next(), 0, 1_000_000))).containsExactly("RESOLVED 80 SUPERSEDED", "OPEN 100");
    }

    @Test
    void doesNotPageForALowerThresholdWhenTheForecastFalls() {
        var fallen = day(day(null, 0, 1_000_000).next(), 0, 900_000);

        assertThat(changes(fallen)).containsExactly("RESOLVED 100 BELOW_THRESHOLD");
        assertThat(changes(day(fallen.next(), 0, 900_000))).isEmpty();
    }

    @Test
    void opensAgainUnderTheSameIdWhenMoreIsExpectedAgain() {
        var fallen = day(day(null, 0, 1_000_000).next(), 0, 700_000);

        var again = day(fallen.next(), 0, 1_000_000);

        assertThat(again.alerts())
                .extracting(CostAlert::getAlertId)
                .containsExactly("BUDGET_FORECAST/growth/1/2026-11/100");
    }

    @Test
    void hasComeTrueWhenAnActualThresholdAsHighIsReached() {
        var open = day(null, 0, 1_000_000);

        assertThat(changes(between(open.next(), budget, 999_999, false))).isEmpty();
        var come = between(open.next(), budget, 1_000_000, false);
        assertThat(changes(come)).containsExactly("RESOLVED 100 SUPERSEDED");
        assertThat(come.alerts().get(0).getSummary()).endsWith("its forecast alert at 100 % has come true.");
        assertThat(changes(day(come.next(), 1_000_000, 1_200_000))).isEmpty();
    }

    @Test
    void hasComeTrueWhenNoActualThresholdIsAsHigh() {
        // given
        var modest = Budgets.impressions()
                .setActualPercents(List.of(50))
                .setForecastPercents(List.of(100))
                .build();
        var open = day(null, 0, 1_000_000);

        // when, then
        assertThat(changes(between(open.next(), modest, 999_999, false))).isEmpty();
        var come = between(open.next(), modest, 1_000_000, false);
        assertThat(changes(come)).containsExactly("RESOLVED 100 SUPERSEDED");
        assertThat(come.alerts().get(0).getSummary()).endsWith("its forecast alert at 100 % has come true.");
        assertThat(changes(between(come.next(), modest, 1_000_000, false))).isEmpty();
    }

    @Test
    void staysSilentBelowWhatIsSpentAlready() {
        assertThat(changes(day(null, 810_000, 900_000))).isEmpty();
        assertThat(changes(day(null, 810_000, 1_100_000))).containsExactly("OPEN 100");
    }

    @Test
    void armsAgainWithANewVersion() {
        var open = day(null, 0, 1_000_000);
        var changed = Budgets.impressions()
                .setForecastPercents(List.of(80, 100))
                .setVersion(2)
                .build();

        var verdict = between(open.next(), changed, 0, false);

        assertThat(changes(verdict)).containsExactly("RESOLVED 100 BUDGET_CHANGED");
        assertThat(verdict.next().getBudgetVersion()).isEqualTo(2);
        assertThat(verdict.next().getExpectedPercent()).isZero();
    }

    @Test
    void resolvesAtTheEndOfThePeriodAndWhenDeleted() {
        var open = day(null, 0, 1_000_000).next();

        assertThat(changes(between(open, budget, 0, true))).containsExactly("RESOLVED 100 PERIOD_ENDED");
        var deleted = Budgets.impressions()
                .setForecastPercents(List.of(80, 100))
                .setVersion(2)
                .setDeleted(true)
                .build();
        assertThat(changes(between(open, deleted, 0, false))).containsExactly("RESOLVED 100 BUDGET_CHANGED");
    }

    @Test
    void holdsWhatIsOpenWhileTheBudgetCannotBeJudged() {
        // given a money budget in another currency than the account's
        var money = Budgets.growth().setForecastPercents(List.of(100)).build();
        var outlook = Optional.of(new Outlook(0, 0, 0));
        var open = ForecastJudge.day(
                null,
                money,
                PERIOD,
                new BudgetSpend(0, "USD", null),
                Optional.of(new Outlook(1, 1_000_000_000, 1_000_000_000)),
                DAY);

        var verdict = ForecastJudge.day(
                open.next(), money, PERIOD, new BudgetSpend(0, "EUR", null), outlook, DAY.plus(Duration.ofDays(1)));

        assertThat(open.alerts()).hasSize(1);
        assertThat(verdict.alerts()).isEmpty();
        assertThat(verdict.next().getAlertId()).isNotNull();
    }

    @Test
    void judgedAgainWithNothingChangedSaysNothing() {
        var open = day(null, 100, 1_000_000);

        var again = between(open.next(), budget, 100, false);

        assertThat(again.alerts()).isEmpty();
        assertThat(again.next()).isEqualTo(open.next());
    }

    private ForecastVerdict day(ForecastState before, long spend, long expected) {
        var outlook = new Outlook(Math.max(0, expected - 1_000), expected, expected + 2_000);
        return ForecastJudge.day(
                before, budget, PERIOD, new BudgetSpend(spend, "USD", null), Optional.of(outlook), DAY);
    }

    private static ForecastVerdict between(ForecastState before, Budget budget, long spend, boolean ended) {
        return ForecastJudge.between(
                before, budget, PERIOD, new BudgetSpend(spend, "USD", null), Optional.empty(), DAY, ended);
    }

    private static List<String> changes(ForecastVerdict verdict) {
        return verdict.alerts().stream()
                .map(alert -> alert.getStatus() + " " + alert.getThresholdPercent()
                        + (alert.getResolution() == null ? "" : " " + alert.getResolution()))
                .toList();
    }
}
