package dev.afterglow.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.BudgetState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetJudgeTest {

    private static final String PERIOD = "2026-11";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(900);
    private static final long USD = 1_000_000;

    private final Budget growth = Budgets.growth().build();
    private final Budget changed = Budgets.growth().setVersion(2).build();

    @Test
    void opensAnAlertThatTellsEverything() {
        // when USD 812.40 of USD 1,000 are spent, 120 of them wasted
        var spend = new BudgetSpend(812_400_000, "USD", 120 * USD);
        var verdict = BudgetJudge.judge(null, growth, PERIOD, spend, NOON, false);

        // then
        assertThat(verdict.problem()).isEmpty();
        assertThat(verdict.alerts())
                .containsExactly(CostAlert.newBuilder()
                        .setAlertId("BUDGET_ACTUAL/growth/1/2026-11/80")
                        .setKind(CostKind.BUDGET_ACTUAL)
                        .setStatus(AlertStatus.OPEN)
                        .setSeverity(Severity.WARNING)
                        .setAccount("acme")
                        .setBudgetId("growth")
                        .setBudgetVersion(1L)
                        .setPeriod(PERIOD)
                        .setAt(NOON)
                        .setOpenedAt(NOON)
                        .setResolution(null)
                        .setThresholdPercent(80)
                        .setUnit(BudgetUnit.MONEY)
                        .setCurrency("USD")
                        .setSpend(812_400_000)
                        .setAmount(1_000_000_000)
                        .setWastedMicros(120_000_000L)
                        .setSummary("Budget growth has spent USD 812.40 of USD 1,000.00 (81 %) in 2026-11,"
                                + " USD 120.00 of it wasted on leftovers; threshold 80 %.")
                        .setTeam("growth-team")
                        .setContacts(List.of("owner@example.org"))
                        .build());
        assertThat(verdict.next()).isEqualTo(new BudgetState(1L, 80, NOON, "BUDGET_ACTUAL/growth/1/2026-11/80"));
    }

    @Test
    void writesImpressionsAsWhatTheyAre() {
        var verdict = BudgetJudge.judge(null, Budgets.impressions().build(), PERIOD, money(812_400), NOON, false);

        assertThat(verdict.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getSummary())
                    .isEqualTo("Budget growth has used 812,400 of 1,000,000 impressions (81 %) in 2026-11;"
                            + " threshold 80 %.");
            assertThat(alert.getCurrency()).isNull();
        });
    }

    @Test
    void neverWritesAThresholdAsReachedThatIsNot() {
        // given USD 799.999999 of 1,000
        var verdict = BudgetJudge.judge(null, growth, PERIOD, money(799_999_999), NOON, false);

        assertThat(verdict.alerts())
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.getSummary())
                                .isEqualTo(
                                        "Budget growth has spent USD 799.99 of USD 1,000.00 (79 %) in 2026-11; threshold 50 %."));
    }

    @Test
    void staysSilentBelowAllThresholds() {
        var verdict = BudgetJudge.judge(null, growth, PERIOD, money(499_999_999), NOON, false);

        assertThat(verdict.alerts()).isEmpty();
        assertThat(verdict.next()).isEqualTo(BudgetJudge.armed(1));
    }

    @Test
    void speaksOncePerThreshold() {
        var first = judge(null, 600);

        var second = judge(first.next(), 700);

        assertThat(changes(first)).containsExactly("OPEN 50");
        assertThat(second.alerts()).isEmpty();
        assertThat(second.next()).isEqualTo(first.next());
    }

    @Test
    void letsTheHigherThresholdTakeThePlaceOfTheLower() {
        var first = judge(null, 600);

        var second = judge(first.next(), 1_000);

        assertThat(changes(second)).containsExactly("RESOLVED 50 SUPERSEDED", "OPEN 100");
        assertThat(second.alerts().get(0).getAlertId())
                .isEqualTo(first.alerts().get(0).getAlertId());
        assertThat(second.alerts().get(0).getSummary())
                .isEqualTo("Budget growth has spent USD 1,000.00 of USD 1,000.00 (100 %) in 2026-11;"
                        + " its alert at 50 % gives way to one at 100 %.");
    }

    @Test
    void announcesOnlyTheHighestThresholdOfAJump() {
        assertThat(changes(judge(null, 1_250))).containsExactly("OPEN 100");
        assertThat(changes(judge(null, 3_250))).containsExactly("OPEN 300");
    }

    @Test
    void goesOnAtEachFurtherHundred() {
        var first = judge(null, 1_999);
        var second = judge(first.next(), 2_000);
        var third = judge(second.next(), 12_345);

        assertThat(changes(second)).containsExactly("RESOLVED 100 SUPERSEDED", "OPEN 200");
        assertThat(changes(third)).containsExactly("RESOLVED 200 SUPERSEDED", "OPEN 1200");
    }

    @Test
    void resolvesBelowTheThresholdAndOpensNothingInItsPlace() {
        // given spend past 100 %
        var over = judge(null, 1_010);

        // when a correction brings it back to 85 %
        var back = judge(over.next(), 850);

        // then
        assertThat(changes(back)).containsExactly("RESOLVED 100 BELOW_THRESHOLD");
        assertThat(back.alerts().get(0).getOpenedAt()).isEqualTo(NOON);
        assertThat(back.alerts().get(0).getSummary())
                .isEqualTo("Budget growth has spent USD 850.00 of USD 1,000.00 (85 %) in 2026-11;"
                        + " below the threshold of 100 % again.");
        assertThat(back.next()).isEqualTo(new BudgetState(1L, 100, null, null));
    }

    @Test
    void doesNotAnnounceAThresholdAgainInTheSamePeriod() {
        var back = judge(judge(null, 1_010).next(), 700);

        assertThat(judge(back.next(), 900).alerts()).isEmpty();
        assertThat(judge(back.next(), 1_100).alerts()).isEmpty();
        assertThat(changes(judge(back.next(), 2_000))).containsExactly("OPEN 200");
    }

    @Test
    void isArmedAgainByANewVersion() {
        // given an open alert of version 1
        var first = judge(null, 850);

        // when version 2 comes with the same thresholds
        var second = BudgetJudge.judge(first.next(), changed, PERIOD, money(850 * USD), LATER, false);

        // then the old alert ends and the new version speaks for itself
        assertThat(changes(second)).containsExactly("RESOLVED 80 BUDGET_CHANGED", "OPEN 80");
        assertThat(second.alerts())
                .extracting(CostAlert::getAlertId)
                .containsExactly("BUDGET_ACTUAL/growth/1/2026-11/80", "BUDGET_ACTUAL/growth/2/2026-11/80");
        assertThat(second.alerts()).extracting(CostAlert::getBudgetVersion).containsExactly(1L, 2L);
    }

    @Test
    void endsWithItsPeriod() {
        var open = judge(null, 850);

        var ended = BudgetJudge.judge(open.next(), growth, PERIOD, money(850 * USD), LATER, true);
        var again = BudgetJudge.judge(ended.next(), growth, PERIOD, money(850 * USD), LATER, true);

        assertThat(changes(ended)).containsExactly("RESOLVED 80 PERIOD_ENDED");
        assertThat(again.alerts()).isEmpty();
    }

    @Test
    void announcesWhatTheLastFiguresOfAPeriodReachAndLeavesNothingOpen() {
        var open = judge(null, 850);

        var ended = BudgetJudge.judge(open.next(), growth, PERIOD, money(1_000 * USD), LATER, true);

        assertThat(changes(ended)).containsExactly("RESOLVED 80 SUPERSEDED", "OPEN 100", "RESOLVED 100 PERIOD_ENDED");
        assertThat(ended.next()).isEqualTo(new BudgetState(1L, 100, null, null));
    }

    @Test
    void leavesPeriodsAloneThatEndedBeforeTheBudgetOrItsVersion() {
        var neverJudged = BudgetJudge.judge(null, growth, PERIOD, money(5_000 * USD), LATER, true);
        var otherVersion = BudgetJudge.judge(BudgetJudge.armed(1), changed, PERIOD, money(5_000 * USD), LATER, true);

        assertThat(neverJudged.alerts()).isEmpty();
        assertThat(otherVersion.alerts()).isEmpty();
        assertThat(BudgetJudge.judge(neverJudged.next(), growth, PERIOD, money(6_000 * USD), LATER, true)
                        .alerts())
                .isEmpty();
    }

    @Test
    void resolvesWhenTheBudgetIsDeleted() {
        var open = judge(null, 850);
        var deleted =
                Budgets.growth().setVersion(2).setAmount(0).setDeleted(true).build();

        var verdict = BudgetJudge.judge(open.next(), deleted, PERIOD, money(850 * USD), LATER, false);

        assertThat(changes(verdict)).containsExactly("RESOLVED 80 BUDGET_CHANGED");
        assertThat(verdict.alerts().get(0).getSummary())
                .isEqualTo("Budget growth was deleted and no longer counts in 2026-11;"
                        + " its alert at 80 % is resolved.");
        assertThat(BudgetJudge.judge(verdict.next(), deleted, PERIOD, money(9_000 * USD), LATER, false)
                        .alerts())
                .isEmpty();
    }

    @Test
    void reportsABudgetInAnotherCurrencyAndDoesNotConvertIt() {
        var spend = new BudgetSpend(5_000 * USD, "EUR", null);

        var verdict = BudgetJudge.judge(null, growth, PERIOD, spend, NOON, false);

        assertThat(verdict.alerts()).isEmpty();
        assertThat(verdict.problem().orElseThrow()).contains("growth", "acme", "EUR", "USD", "give its amount in EUR");
    }

    @Test
    void reportsAnAccountWithoutAPlan() {
        var verdict = BudgetJudge.judge(null, growth, PERIOD, new BudgetSpend(0, "XXX", null), NOON, false);

        assertThat(verdict.problem().orElseThrow()).contains("no price plan", "add one");
    }

    @Test
    void judgesImpressionsWhateverTheCurrency() {
        var spend = new BudgetSpend(1_000_000, "XXX", null);

        var verdict = BudgetJudge.judge(null, Budgets.impressions().build(), PERIOD, spend, NOON, false);

        assertThat(verdict.problem()).isEmpty();
        assertThat(changes(verdict)).containsExactly("OPEN 100");
    }

    @Test
    void holdsAnOpenAlertWhileItCannotBeJudgedAndEndsItWithThePeriod() {
        var open = judge(null, 850);
        var euros = new BudgetSpend(USD, "EUR", null);

        var held = BudgetJudge.judge(open.next(), growth, PERIOD, euros, LATER, false);
        var ended = BudgetJudge.judge(held.next(), growth, PERIOD, euros, LATER, true);

        assertThat(held.alerts()).isEmpty();
        assertThat(held.next()).isEqualTo(open.next());
        assertThat(changes(ended)).containsExactly("RESOLVED 80 PERIOD_ENDED");
    }

    @Test
    void reportsABudgetThatBreaksTheRules() {
        var bad = Budgets.growth().setAmount(0).build();

        var verdict = BudgetJudge.judge(null, bad, PERIOD, money(USD), NOON, false);

        assertThat(verdict.alerts()).isEmpty();
        assertThat(verdict.problem().orElseThrow()).contains("growth version 1", "amount: ");
    }

    @Test
    void tellsTheTeamOfTheScopeWhenNoOwnerIsNamed() {
        var budget = Budgets.growth()
                .setScope(BudgetScope.TEAM)
                .setTeam("search")
                .setOwnerTeam(null)
                .build();

        var verdict = BudgetJudge.judge(null, budget, PERIOD, money(1_000 * USD), NOON, false);

        assertThat(verdict.alerts()).extracting(CostAlert::getTeam).containsExactly("search");
    }

    @Test
    void publishesOpenAlertsUntilTheyAreResolved() {
        var superseding = judge(judge(null, 600).next(), 1_000).alerts();

        assertThat(OpenAlerts.of(superseding.get(0))).isEmpty();
        assertThat(OpenAlerts.of(superseding.get(1))).hasValueSatisfying(open -> {
            assertThat(open.getAlertId()).isEqualTo("BUDGET_ACTUAL/growth/1/2026-11/100");
            assertThat(open.getSubject()).isEqualTo("growth");
            assertThat(open.getKind()).isEqualTo("BUDGET_ACTUAL");
            assertThat(open.getSeverity()).isEqualTo(Severity.CRITICAL);
            assertThat(open.getCost()).isEqualTo(superseding.get(1));
            assertThat(open.getCleanup()).isNull();
        });
    }

    private BudgetVerdict judge(BudgetState before, long dollars) {
        return BudgetJudge.judge(before, growth, PERIOD, money(dollars * USD), NOON, false);
    }

    private static BudgetSpend money(long spend) {
        return new BudgetSpend(spend, "USD", null);
    }

    private static List<String> changes(BudgetVerdict verdict) {
        return verdict.alerts().stream().map(BudgetJudgeTest::change).toList();
    }

    private static String change(CostAlert alert) {
        var change = alert.getStatus() + " " + alert.getThresholdPercent();
        return alert.getResolution() == null ? change : change + " " + alert.getResolution();
    }
}
