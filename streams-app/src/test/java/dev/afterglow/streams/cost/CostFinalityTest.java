package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.PeriodCorrection;
import dev.afterglow.contract.PeriodStatus;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** November ends; 62 days and a quarter of an hour later its costs are final, and what changes is a correction. */
class CostFinalityTest {

    private static final Instant FINAL_AT = Instant.parse("2027-02-01T00:15:00Z");
    private static final Instant LATER = FINAL_AT.plus(Duration.ofDays(3));

    private CostBench cost;

    @BeforeEach
    void start() {
        cost = new CostBench();
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.watermark(NOON);
        cost.use("a", 5, 2);
        cost.use("b", 7, 0);
    }

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void isProvisionalUntilTheLastLateEventMayHaveCome() {
        // when
        cost.judge(FINAL_AT.minusMillis(1));

        // then
        assertThat(cost.accountCosts()).extracting(AccountCost::getStatus).containsOnly(PeriodStatus.PROVISIONAL);
        assertThat(cost.costs()).extracting(ExperimentCost::getFinalAt).containsOnlyNulls();
    }

    @Test
    void saysOnceThatItIsFinal() {
        // given
        forget();

        // when
        cost.judge(FINAL_AT);
        cost.judge(FINAL_AT.plus(Duration.ofHours(1)));
        cost.judge(LATER);

        // then
        assertThat(cost.accountCosts())
                .extracting(
                        AccountCost::getStatus,
                        AccountCost::getFinalAt,
                        AccountCost::getRevision,
                        AccountCost::getCorrection,
                        account -> account.getFinalFigures().getCostMicros())
                .containsExactly(tuple(PeriodStatus.FINAL, FINAL_AT, 2L, null, 120L));
        assertThat(cost.costs())
                .extracting(
                        ExperimentCost::getExperiment,
                        ExperimentCost::getStatus,
                        share -> share.getFinalFigures().getCostMicros())
                .containsExactly(tuple("a", PeriodStatus.FINAL, 50L), tuple("b", PeriodStatus.FINAL, 70L));
    }

    @Test
    void marksWhatIsBackfilledLaterAsACorrectionByHowMuch() {
        // given
        becomeFinal();

        // when
        cost.use("a", 3, 3);
        cost.publish();

        // then
        assertThat(cost.accountCosts())
                .extracting(
                        AccountCost::getStatus,
                        AccountCost::getCostMicros,
                        AccountCost::getFinalAt,
                        AccountCost::getCorrection)
                .containsExactly(tuple(PeriodStatus.CORRECTED, 150L, FINAL_AT, new PeriodCorrection(3L, 30L, 3L, 30L)));
        assertThat(cost.costs())
                .extracting(
                        ExperimentCost::getExperiment,
                        ExperimentCost::getStatus,
                        share -> share.getFinalFigures().getImpressions(),
                        ExperimentCost::getCorrection)
                .containsExactly(tuple("a", PeriodStatus.CORRECTED, 5L, new PeriodCorrection(3L, 30L, 3L, 30L)));
    }

    @Test
    void correctsDownwardsAndAgainstTheFinalFiguresEachTime() {
        // given
        becomeFinal();
        cost.use("a", 3, 0);
        cost.publish();
        forget();

        // when
        cost.use("a", -4, 0);
        cost.publish();

        // then
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getCorrection)
                .containsExactly(new PeriodCorrection(-1L, -10L, 0L, 0L));
    }

    @Test
    void correctsFromNothingWhatWasFirstHeardOfLater() {
        // given
        becomeFinal();

        // when
        cost.use("c", 1, 0);
        cost.publish();

        // then
        assertThat(cost.costs())
                .extracting(
                        ExperimentCost::getExperiment,
                        share -> share.getFinalFigures().getImpressions(),
                        ExperimentCost::getCorrection)
                .containsExactly(tuple("c", 0L, new PeriodCorrection(1L, 10L, 0L, 0L)));
    }

    @Test
    void marksACorrectedPricePlan() {
        // given
        becomeFinal();

        // when
        cost.accounts.add(FakeAccounts.plan("acme", 2, 9));
        cost.publish();

        // then
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getStatus, AccountCost::getCorrection)
                .containsExactly(tuple(PeriodStatus.CORRECTED, new PeriodCorrection(0L, -12L, 0L, -2L)));
        assertThat(cost.costs())
                .extracting(share -> share.getCorrection().getCostMicros())
                .containsExactly(-5L, -7L);
    }

    @Test
    void marksAMovedTeamInTheShareAndInTheTotal() {
        // given
        becomeFinal();

        // when there is nothing new but the team
        cost.use("a", "payments");
        cost.publish();

        // then
        var nothing = new PeriodCorrection(0L, 0L, 0L, 0L);
        assertThat(cost.costs())
                .extracting(
                        ExperimentCost::getTeam,
                        share -> share.getFinalFigures().getTeam(),
                        ExperimentCost::getStatus,
                        ExperimentCost::getCorrection)
                .containsExactly(tuple("payments", "growth", PeriodStatus.CORRECTED, nothing));
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getStatus, AccountCost::getCorrection)
                .containsExactly(tuple(PeriodStatus.CORRECTED, nothing));
    }

    @Test
    void isFinalAgainWhenACorrectionIsTakenBack() {
        // given
        becomeFinal();
        cost.use("a", 3, 0);
        cost.publish();
        forget();

        // when
        cost.use("a", -3, 0);
        cost.publish();

        // then
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getStatus, AccountCost::getCorrection)
                .containsExactly(tuple(PeriodStatus.FINAL, null));
    }

    @Test
    void tellsNothingOfAFinalPeriodInWhichNothingChanged() {
        // given
        becomeFinal();

        // when
        cost.use("a", 3, 0);
        cost.use("a", -3, 0);
        cost.publish();

        // then
        assertThat(cost.accountCosts()).isEmpty();
        assertThat(cost.costs()).isEmpty();
    }

    @Test
    void endsWithTheCalendarOfTheAccount() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 2, 10).setZone("America/New_York"));
        cost.judge(FINAL_AT.plus(Duration.ofHours(5)).minusMillis(1));
        assertThat(cost.accountCosts()).extracting(AccountCost::getStatus).containsOnly(PeriodStatus.PROVISIONAL);

        // when
        cost.judge(FINAL_AT.plus(Duration.ofHours(5)));

        // then
        assertThat(cost.accountCosts()).extracting(AccountCost::getStatus).containsExactly(PeriodStatus.FINAL);
    }

    @Test
    void givesHistoryADayToBeLoadedBeforeItIsFinal() {
        // given
        var old = Instant.parse("2019-11-24T00:00:00Z");
        forget();

        // when
        cost.use("a", "growth", new UsageQuarter(old, 5L, 0L));
        cost.judge(NOON.plus(Duration.ofHours(23)));
        cost.use("a", "growth", new UsageQuarter(old, 4L, 0L));
        cost.judge(NOON.plus(Duration.ofHours(24)));

        // then
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getPeriod, AccountCost::getStatus, AccountCost::getImpressions)
                .containsExactly(
                        tuple("2019-11", PeriodStatus.PROVISIONAL, 5L), tuple("2019-11", PeriodStatus.FINAL, 9L));
    }

    @Test
    void comesToTheSameInAReplay() {
        // given
        becomeFinal();
        cost.use("a", 3, 3);
        cost.publish();
        var first = cost.accountCosts();

        // when all is sent again to one that has no state, at another pace
        List<AccountCost> again;
        try (var replay = new CostBench()) {
            replay.accounts.add(FakeAccounts.plan("acme", 1, 10));
            replay.use("a", 5, 2);
            replay.use("b", 7, 0);
            replay.judge(NOON);
            replay.judge(LATER);
            replay.use("a", 3, 3);
            replay.publish();
            again = replay.accountCosts();
        }

        // then
        var last = again.get(again.size() - 1);
        assertThat(AccountCost.newBuilder(last).setRevision(0).build())
                .isEqualTo(AccountCost.newBuilder(first.get(0)).setRevision(0).build());
        assertThat(again).extracting(AccountCost::getStatus).endsWith(PeriodStatus.FINAL, PeriodStatus.CORRECTED);
    }

    private void becomeFinal() {
        cost.judge(LATER);
        forget();
    }

    private void forget() {
        cost.publish();
        cost.costs();
        cost.accountCosts();
    }
}
