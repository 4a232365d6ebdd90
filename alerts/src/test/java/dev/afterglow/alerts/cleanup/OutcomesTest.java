package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.FakeBooks;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.RunEnding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    private final Definitions definitions = Definitions.empty()
            .with(split(1, FIRST))
            .with(full(
                    2,
                    FULL,
                    version -> version.setGoal("more orders")
                            .setDecision(Decision.ROLL_OUT)
                            .setWinner("green")))
            .with(inState(3, END, ExperimentState.ARCHIVED));

    private final Outcomes.Life life = new Outcomes.Life() {
        @Override
        public Optional<Instant> firstTraffic(Instant from) {
            return traffic.quarters().tailMap(from).keySet().stream().findFirst();
        }

        @Override
        public long impressions(Instant from, Instant to) {
            return from.isBefore(to) ? traffic.impressions(from, to) : 0;
        }

        @Override
        public Optional<Instant> lastTraffic(Instant before) {
            return traffic.lastTraffic(before);
        }

        @Override
        public long leftovers(Instant from, Instant to) {
            return traffic.quarters().subMap(from, to).entrySet().stream()
                    .filter(quarter -> !quarter.getKey().isBefore(FULL))
                    .mapToLong(quarter -> quarter.getValue())
                    .sum();
        }
    };

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
