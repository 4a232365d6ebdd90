package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.FakeBooks;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.RunEnding;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Split from 1 November, at full rollout from the 8th, archived on the 20th; ten impressions an hour, 100 micros each. */
class OutcomesTest {

    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant FULL = FIRST.plus(Duration.ofDays(7));
    private static final Instant END = FIRST.plus(Duration.ofDays(19));
    private static final Instant MEASURED = END.plus(Duration.ofDays(7));

    private final TrafficLog traffic = new TrafficLog();
    private final FakeBooks books = new FakeBooks();
    private final RunEnding.Builder ending = RunEnding.newBuilder()
            .setEndedAt(END)
            .setResolution(Resolution.ARCHIVED)
            .setSince(FULL)
            .setCurrency("USD")
            .setMonthMicros(744_000L);
    private Definitions definitions = Definitions.empty()
            .with(split(1, FIRST))
            .with(full(
                    2,
                    FULL,
                    version -> version.setGoal("more orders")
                            .setDecision(Decision.ROLL_OUT)
                            .setWinner("green")))
            .with(inState(3, END, ExperimentState.ARCHIVED));

    private final LoggedLife life = new LoggedLife(traffic, quarter -> !quarter.isBefore(FULL));

    @Test
    void tellsOfItsWholeLife() {
        // given
        traffic(FIRST, END, 10);

        // then
        assertThat(outcome(END))
                .extracting(
                        ExperimentOutcome::getProvisional,
                        ExperimentOutcome::getGoal,
                        ExperimentOutcome::getDecision,
                        ExperimentOutcome::getWinner,
                        ExperimentOutcome::getStartedAt,
                        ExperimentOutcome::getFullRolloutSince,
                        ExperimentOutcome::getClosedAt,
                        ExperimentOutcome::getImpressions,
                        ExperimentOutcome::getLeftoverImpressions)
                .containsExactly(true, "more orders", Decision.ROLL_OUT, "green", FIRST, FULL, END, 4_560L, 2_880L);
    }

    @Test
    void pricesItsLifeAndWhatOfItWasWaste() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);

        // then
        assertThat(outcome(END))
                .extracting(
                        ExperimentOutcome::getCurrency,
                        ExperimentOutcome::getCostMicros,
                        ExperimentOutcome::getWastedMicros)
                .containsExactly("USD", 456_000L, 288_000L);
    }

    @Test
    void namesTheTeamThatOwnedItLast() {
        // given
        definitions =
                definitions.with(full(4, END.minus(Duration.ofDays(1)), version -> version.setOwnerTeam("growth")));

        // then
        assertThat(outcome(END).getTeam()).isEqualTo("growth");
    }

    @Test
    void doesNotTakeTwoRolloutsWithARunInBetweenForOne() {
        // given
        var other = FULL.plus(Duration.ofDays(2));
        var again = FULL.plus(Duration.ofDays(4));
        definitions = definitions
                .with(full(4, other, version -> version.setRun("second")))
                .with(full(5, again));

        // then
        assertThat(outcome(END).getFullRolloutSince()).isEqualTo(again);
    }

    @Test
    void saysNothingOfTheSavingBeforeItIsMeasured() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);

        // then
        assertThat(outcome(END))
                .extracting(
                        ExperimentOutcome::getImpressionsPerDayBefore,
                        ExperimentOutcome::getImpressionsPerDayAfter,
                        ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(240L, null, null);
    }

    @Test
    void savesTheWholeMonthWhenAllTrafficIsGone() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);

        // then
        assertThat(measured())
                .extracting(
                        ExperimentOutcome::getProvisional,
                        ExperimentOutcome::getImpressionsPerDayBefore,
                        ExperimentOutcome::getImpressionsPerDayAfter,
                        ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(false, 240L, 0L, 744_000L);
    }

    @Test
    void savesThePartThatIsGone() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);
        traffic(END, MEASURED, 4);

        // then
        assertThat(measured())
                .extracting(ExperimentOutcome::getImpressionsPerDayAfter, ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(96L, 446_400L);
    }

    @Test
    void savesNothingWhenThereIsMoreThanBefore() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);
        traffic(END, MEASURED, 40);

        // then
        assertThat(measured().getSavedMicrosPerMonth()).isZero();
    }

    @Test
    void knowsOfNoSavingWhenTheWholeProjectIsSilent() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);
        silentProject(END, MEASURED);

        // then
        assertThat(measured())
                .extracting(
                        ExperimentOutcome::getProvisional,
                        ExperimentOutcome::getImpressionsPerDayAfter,
                        ExperimentOutcome::getDaysAfter,
                        ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(false, null, null, null);
    }

    @Test
    void leavesOutTheDaysOfWhichNothingWasHeard() {
        // given two days of seven without any event of the project
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);
        silentProject(END.plus(Duration.ofDays(2)), END.plus(Duration.ofDays(4)));
        traffic(END, END.plus(Duration.ofDays(2)), 4);
        traffic(END.plus(Duration.ofDays(4)), MEASURED, 4);

        // then
        assertThat(measured())
                .extracting(
                        ExperimentOutcome::getImpressionsPerDayAfter,
                        ExperimentOutcome::getDaysAfter,
                        ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(96L, 5, 446_400L);
    }

    @Test
    void isNotChargedForTheRunThatFollows() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        definitions = definitions.with(full(3, END, version -> version.setRun("second")));
        ending.setResolution(Resolution.NEW_RUN);
        traffic(FIRST, MEASURED, 10);

        // then
        assertThat(measured())
                .extracting(
                        ExperimentOutcome::getImpressions,
                        ExperimentOutcome::getLeftoverImpressions,
                        ExperimentOutcome::getCostMicros,
                        ExperimentOutcome::getImpressionsPerDayAfter,
                        ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(4_560L, 2_880L, 456_000L, 240L, 0L);
    }

    @Test
    void startsWithTheTrafficOfItsOwnRun() {
        // given
        definitions = definitions.with(full(3, END, version -> version.setRun("second")));
        traffic(FIRST, MEASURED, 10);
        ending.setRun("second").setEndedAt(END.plus(Duration.ofDays(3)));

        // then
        assertThat(outcome(END.plus(Duration.ofDays(3))))
                .extracting(ExperimentOutcome::getStartedAt, ExperimentOutcome::getImpressions)
                .containsExactly(END, 720L);
    }

    @Test
    void staysAsItWasMeasuredWhateverComesLater() {
        // given
        books.plan("default", Fixtures.pricePlan(0, 100));
        traffic(FIRST, END, 10);
        traffic(MEASURED, MEASURED.plus(Duration.ofDays(30)), 7);
        var measured = measured();

        // then
        assertThat(outcome(MEASURED.plus(Duration.ofDays(20)))).isEqualTo(measured);
    }

    @Test
    void comparesWithTheTimeBeforeItsCleanUpBegan() {
        // given strays for five days after it was archived
        books.plan("default", Fixtures.pricePlan(0, 100));
        ending.setBegunAt(END).setEndedAt(END.plus(Duration.ofDays(5))).setResolution(Resolution.TRAFFIC_STOPPED);
        traffic(FIRST, END, 10);
        traffic(END, END.plus(Duration.ofDays(4)), 1);
        ending.setMeasured(true);

        // then
        assertThat(outcome(MEASURED.plus(Duration.ofDays(5))))
                .extracting(ExperimentOutcome::getImpressionsPerDayBefore, ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(240L, 744_000L);
    }

    @Test
    void comparesWithTheWeekBeforeTheSilenceThatEndedIt() {
        // given
        ending.setResolution(Resolution.TRAFFIC_STOPPED);
        traffic(FIRST, END.minus(Duration.ofDays(1)), 10);

        // then
        assertThat(measured().getImpressionsPerDayBefore()).isEqualTo(240);
    }

    @Test
    void comparesWithNoMoreThanTheTimeOfItsState() {
        // given
        ending.setSince(END.minus(Duration.ofHours(6)));
        traffic(FIRST, END.minus(Duration.ofHours(6)), 1_000);
        traffic(END.minus(Duration.ofHours(6)), END, 10);

        // then
        assertThat(measured().getImpressionsPerDayBefore()).isEqualTo(240);
    }

    @Test
    void knowsNoMoneyWithoutAPrice() {
        // given
        ending.setCurrency(null).setMonthMicros(null);
        traffic(FIRST, END, 10);

        // then
        assertThat(measured())
                .extracting(
                        ExperimentOutcome::getCurrency,
                        ExperimentOutcome::getCostMicros,
                        ExperimentOutcome::getWastedMicros,
                        ExperimentOutcome::getSavedMicrosPerMonth)
                .containsOnlyNulls();
    }

    @Test
    void isTheSameOfARunWithoutTraffic() {
        assertThat(measured())
                .extracting(
                        ExperimentOutcome::getStartedAt,
                        ExperimentOutcome::getImpressions,
                        ExperimentOutcome::getImpressionsPerDayBefore,
                        ExperimentOutcome::getSavedMicrosPerMonth)
                .containsExactly(null, 0L, 0L, null);
    }

    private void silentProject(Instant from, Instant to) {
        for (var hour = from.plus(Duration.ofHours(1)); !hour.isAfter(to); hour = UtcGrid.nextHour(hour)) {
            traffic.silentProject(hour);
        }
    }

    private void traffic(Instant from, Instant to, long count) {
        traffic.hourly(from, to, count);
        books.hourly("default", from, to, count);
    }

    private ExperimentOutcome measured() {
        ending.setMeasured(true);
        return outcome(MEASURED);
    }

    private ExperimentOutcome outcome(Instant at) {
        var accounts = new ProjectAccounts(Fixtures.defaults(), books);
        return Outcomes.of(ending.build(), definitions, life, KEY, accounts, at);
    }
}
