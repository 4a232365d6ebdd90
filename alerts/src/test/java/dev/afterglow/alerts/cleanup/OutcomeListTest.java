package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What clean-ups brought, added up and listed. */
class OutcomeListTest {

    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private final List<ExperimentOutcome> outcomes = new ArrayList<>();

    @Test
    void addsUpByMonthAndTeam() {
        // given
        ended("one", "2026-11-01T00:00:00Z", outcome -> {});
        ended("two", "2026-11-30T23:59:59Z", outcome -> {});
        ended("three", "2026-10-31T23:59:59Z", outcome -> {});
        ended("four", "2026-11-02T00:00:00Z", outcome -> outcome.setTeam(null));

        // then
        assertThat(OutcomeSum.of(outcomes))
                .containsExactly(
                        new OutcomeSum(NOVEMBER, "growth", "EUR", 2, 0, 2_000_000L, 11_000_000L),
                        new OutcomeSum(NOVEMBER, null, "EUR", 1, 0, 1_000_000L, 5_500_000L),
                        new OutcomeSum(OCTOBER, "growth", "EUR", 1, 0, 1_000_000L, 5_500_000L));
    }

    @Test
    void keepsCurrenciesApart() {
        // given
        ended("one", "2026-11-01T00:00:00Z", outcome -> {});
        ended("two", "2026-11-01T00:00:00Z", outcome -> outcome.setCurrency("USD"));
        ended(
                "three",
                "2026-11-01T00:00:00Z",
                outcome -> outcome.setCurrency(null).setWastedMicros(null).setSavedMicrosPerMonth(null));

        // then
        assertThat(OutcomeSum.of(outcomes))
                .containsExactly(
                        new OutcomeSum(NOVEMBER, "growth", "EUR", 1, 0, 1_000_000L, 5_500_000L),
                        new OutcomeSum(NOVEMBER, "growth", "USD", 1, 0, 1_000_000L, 5_500_000L),
                        new OutcomeSum(NOVEMBER, "growth", null, 1, 0, null, null));
    }

    @Test
    void countsWhatIsStillMeasuredWithoutASaving() {
        // given
        ended("one", "2026-11-01T00:00:00Z", outcome -> {});
        ended(
                "two",
                "2026-11-01T00:00:00Z",
                outcome -> outcome.setProvisional(true).setSavedMicrosPerMonth(null));

        // then
        assertThat(OutcomeSum.of(outcomes))
                .containsExactly(new OutcomeSum(NOVEMBER, "growth", "EUR", 2, 1, 2_000_000L, 5_500_000L));
    }

    @Test
    void knowsNoSavingWhileAllAreStillMeasured() {
        // given
        ended(
                "one",
                "2026-11-01T00:00:00Z",
                outcome -> outcome.setProvisional(true).setSavedMicrosPerMonth(null));

        // then
        assertThat(OutcomeSum.of(outcomes))
                .containsExactly(new OutcomeSum(NOVEMBER, "growth", "EUR", 1, 1, 1_000_000L, null));
    }

    @Test
    void refusesASumThatNoNumberHolds() {
        // given
        ended("one", "2026-11-01T00:00:00Z", outcome -> outcome.setWastedMicros(Long.MAX_VALUE));
        ended("two", "2026-11-01T00:00:00Z", outcome -> {});

        // then
        assertThatThrownBy(() -> OutcomeSum.of(outcomes)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void listsTheLastOneFirstAndTheSums() {
        // given
        ended("one", "2026-11-20T10:00:00Z", outcome -> {});
        ended(
                "two",
                "2026-11-21T10:30:00Z",
                outcome -> outcome.setProvisional(true).setRun("autumn").setSavedMicrosPerMonth(null));

        // then
        assertThat(OutcomeList.lines(outcomes))
                .containsExactly(
                        "experiment           run     ended       why       team    wasted    saved a month",
                        "shop/production/two  autumn  2026-11-21  ARCHIVED  growth  EUR 1.00  known on 2026-11-28",
                        "shop/production/one  -       2026-11-20  ARCHIVED  growth  EUR 1.00  EUR 5.50",
                        "",
                        "month    team    ended  still measured  wasted    saved a month",
                        "2026-11  growth  2      1               EUR 2.00  EUR 5.50");
    }

    @Test
    void leavesOutWhatNoScreenHolds() {
        // given
        for (int i = 0; i < 52; i++) {
            ended("item-" + i, "2026-11-20T10:00:00Z", outcome -> {});
        }

        // then
        assertThat(OutcomeList.lines(outcomes)).hasSize(51 + 1 + 3).contains("... and 2 that ended earlier.");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(OutcomeList.lines(outcomes)).singleElement().asString().startsWith("No run has ended");
    }

    private void ended(String experiment, String at, Consumer<ExperimentOutcome.Builder> change) {
        var outcome = ExperimentOutcome.newBuilder()
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment(experiment)
                .setProvisional(false)
                .setClosedAt(Instant.parse(at))
                .setResolution(Resolution.ARCHIVED)
                .setDecision(Decision.NONE)
                .setImpressions(10)
                .setLeftoverImpressions(5)
                .setTeam("growth")
                .setCurrency("EUR")
                .setWastedMicros(1_000_000L)
                .setSavedMicrosPerMonth(5_500_000L);
        change.accept(outcome);
        outcomes.add(outcome.build());
    }
}
