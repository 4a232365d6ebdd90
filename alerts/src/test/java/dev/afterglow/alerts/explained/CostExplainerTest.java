package dev.afterglow.alerts.explained;

import static dev.afterglow.alerts.explained.Story.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.alerts.budget.Outlook;
import dev.afterglow.contract.ExplainedGrowth;
import dev.afterglow.contract.ExplainedSpend;
import dev.afterglow.contract.SwitchOffVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A failure of a random account names its seed. */
class CostExplainerTest {

    private static final int ACCOUNTS = 200;

    @Test
    void namesTheFiveThatCostMost() {
        // given
        var story = new Story();
        for (int i = 1; i <= 7; i++) {
            story.daily("e" + i, 0, 10, i * 10);
        }

        // then
        assertThat(story.explained().getExplanation().getCostliest())
                .extracting(
                        ExplainedSpend::getExperiment,
                        ExplainedSpend::getImpressions,
                        ExplainedSpend::getCostMicros,
                        ExplainedSpend::getSharePercent)
                .containsExactly(
                        tuple("e7", 700L, 7_000_000L, 25),
                        tuple("e6", 600L, 6_000_000L, 21),
                        tuple("e5", 500L, 5_000_000L, 17),
                        tuple("e4", 400L, 4_000_000L, 14),
                        tuple("e3", 300L, 3_000_000L, 10));
    }

    @Test
    void namesByImpressionsWhatCostsNothing() {
        var story = Story.withoutPrices().daily("a", 0, 10, 10).daily("b", 0, 10, 30);

        assertThat(story.explained().getExplanation().getCostliest())
                .extracting(
                        ExplainedSpend::getExperiment, ExplainedSpend::getCostMicros, ExplainedSpend::getSharePercent)
                .containsExactly(tuple("b", null, 75), tuple("a", null, 25));
    }

    @Test
    void comparesTheLastSevenFullDaysWithTheSevenBefore() {
        // given an alert in the afternoon, the traffic of whose day is not looked at
        var story = new Story()
                .at(day(15).plus(Duration.ofHours(15)))
                .daily("grown", 1, 8, 10)
                .daily("grown", 8, 15, 30)
                .daily("grown", 15, 16, 1_000)
                .daily("fallen", 1, 8, 50)
                .daily("fallen", 8, 15, 20)
                .daily("new", 14, 15, 100);

        // then
        assertThat(story.explained().getExplanation().getGrowing())
                .extracting(
                        ExplainedGrowth::getExperiment,
                        ExplainedGrowth::getBefore,
                        ExplainedGrowth::getImpressions,
                        ExplainedGrowth::getCostMicros)
                .containsExactly(tuple("grown", 70L, 210L, 1_400_000L), tuple("new", 0L, 100L, 1_000_000L));
    }

    @Test
    void looksAtNothingAfterTheAlert() {
        // given
        var story = new Story().daily("a", 0, 15, 10);
        var before = story.explained();

        // when
        story.add("a", Story.NOW, 1_000, 1_000).daily("b", 15, 17, 1_000);

        // then
        assertThat(story.explained()).isEqualTo(before);
    }

    @Test
    void takesForALeftoverWhoseNewestTrafficIsLeft() {
        // given
        var story = new Story()
                .daily("running", 0, 15, 10)
                .daily("left", 0, 14, 10)
                .leftover("left", 14, 15, 10)
                .leftover("again", 0, 14, 10)
                .daily("again", 14, 15, 10)
                .leftover("off", 0, 14, 10);

        // then what has had no traffic for a day is over
        var explanation = story.explained().getExplanation();
        assertThat(explanation.getLeftovers()).isEqualTo(1);
        assertThat(explanation.getCostliest())
                .filteredOn(ExplainedSpend::getLeftover)
                .extracting(ExplainedSpend::getExperiment)
                .containsExactly("left");
    }

    @Test
    void savesAtTheRateSinceItIsALeftover() {
        // given 100 a day for the three days and a half since
        var story = new Story().daily("left", 0, 11, 10).leftover("left", 11, 15, 100);

        // then 15 days are left
        assertThat(story.explained().getExplanation().getSavedImpressions()).isEqualTo(400 * 15 * 2 / 7);
    }

    @Test
    void isEnoughWhenTheForecastWithoutLeftoversIsWithinTheBudget() {
        // given 100 a day of leftovers, 15 of 30 days are left: 15 dollars
        var story = new Story()
                .leftover("left", 0, 15, 100)
                .daily("other", 0, 15, 200)
                .spent(90_000);

        var explained = story.explained(101_000);

        assertThat(explained.getExplanation().getSavingMicros()).isEqualTo(15_000_000);
        assertThat(explained.getExplanation().getEndWithout()).isEqualTo(995_000_000);
        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.ENOUGH);
        assertThat(explained.getSummary())
                .isEqualTo("Budget growth has spent much. Leftovers: 1 of 2 experiments. Switching off the leftover"
                        + " now saves about USD 15.00 until the end of November: enough, the forecast then ends USD 5.00"
                        + " below budget.");
    }

    @Test
    void isNotEnoughWhenTheForecastIsStillAboveTheBudget() {
        var story =
                new Story().leftover("a", 0, 15, 100).leftover("b", 0, 15, 50).spent(90_000);

        var explained = story.explained(112_250);

        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.NOT_ENOUGH);
        assertThat(explained.getSummary())
                .endsWith(" Leftovers: 2 of 2 experiments. Switching off all 2 leftovers now saves about USD 22.50"
                        + " until the end of November: not enough, the forecast then ends USD 100.00 above budget.");
    }

    @Test
    void isNotEnoughWhenTheBudgetIsUsedUp() {
        var explained = new Story().leftover("a", 0, 15, 100).spent(100_001).explained();

        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.NOT_ENOUGH);
        assertThat(explained.getSummary()).endsWith(": not enough, the budget is used up already.");
    }

    @Test
    void isNotNeededWhenTheForecastIsWithinTheBudget() {
        var explained = new Story().leftover("a", 0, 15, 100).explained(100_000);

        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.NOT_NEEDED);
        assertThat(explained.getSummary()).endsWith("; the forecast ends within budget without that.");
    }

    @Test
    void cannotBeSaidWithoutAForecast() {
        var explained = new Story().leftover("a", 0, 15, 100).explained();

        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.UNKNOWN);
        assertThat(explained.getExplanation().getEndWithout()).isNull();
        assertThat(explained.getSummary()).endsWith("; whether that is enough cannot be said yet.");
        assertThat(explained.getExplanation().getLines()).contains("Where November will end cannot be said yet.");
    }

    @Test
    void saysThatThereIsNothingToSwitchOff() {
        var explained = new Story().daily("a", 0, 15, 100).explained(112_000);

        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.NOT_ENOUGH);
        assertThat(explained.getSummary())
                .isEqualTo("Budget growth has spent much. There are no leftovers to switch off.");
    }

    @Test
    void countsForABudgetInImpressionsWhatIsNotMade() {
        var story = new Story().inImpressions(5_000).leftover("a", 0, 15, 100).daily("b", 0, 15, 100);

        var explained = story.explained(Optional.of(new Outlook(5_900, 6_000, 6_100)), story.uses());

        assertThat(explained.getExplanation().getEndWithout()).isEqualTo(4_500);
        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.ENOUGH);
        assertThat(explained.getSummary())
                .endsWith(" saves about 1,500 impressions until the end of November: enough, the forecast then ends"
                        + " 500 impressions below budget.");
    }

    @Test
    void expectsNoLessThanIsSpent() {
        var explained = new Story().daily("a", 0, 15, 100).spent(99_000).explained(98_000);

        assertThat(explained.getForecast()).isEqualTo(990_000_000);
        assertThat(explained.getForecastHigh()).isEqualTo(990_000_000);
    }

    @Test
    void saysOfASpikeWhetherItCanBeSwitchedOff() {
        var explained = new Story().spike().leftover("a", 0, 15, 100).explained(3_000);

        assertThat(explained.getExplanation().getVerdict()).isNull();
        assertThat(explained.getSummary())
                .endsWith(" The experiment is a leftover. Switching off it now saves about USD 15.00 until the end of"
                        + " November.");
    }

    @Test
    void saysItAllInShortLines() {
        var explained = new Story()
                .daily("a", 0, 15, 100)
                .daily("a", 14, 15, 50)
                .leftover("b/c", 0, 15, 300)
                .spent(90_000)
                .explained(112_000);

        assertThat(explained.getExplanation().getLines())
                .containsExactly(
                        "Expected by the end of November: USD 1,120.00 of USD 1,000.00, between USD 1,119.90 and USD"
                                + " 1,120.10.",
                        "Cost most: shop/production/b%2Fc USD 45.00 (74 %, leftover); shop/production/a USD 15.50 (25 %).",
                        "Grew most in 7 days: shop/production/a +50 impressions, USD 0.50.",
                        "Leftovers: 1 of 2 experiments.",
                        "Switching off the leftover now saves about USD 45.00 until the end of November: not enough, the"
                                + " forecast then ends USD 75.00 above budget.");
    }

    @Test
    void saysNothingOfTheRestOfAPeriodThatIsOver() {
        var explained =
                new Story().at(day(30)).leftover("a", 0, 30, 100).spent(100).explained(100);

        assertThat(explained.getForecast()).isNull();
        assertThat(explained.getExplanation().getVerdict()).isEqualTo(SwitchOffVerdict.NOT_NEEDED);
        assertThat(explained.getSummary()).endsWith("Leftovers: 1 of 1 experiment.");
    }

    @Test
    void isTheSameInWhateverOrderExperimentsAreRead() {
        for (long seed = 0; seed < ACCOUNTS; seed++) {
            // given many equals
            var random = new Random(seed);
            var story = random(random);
            var shuffled = new ArrayList<>(story.uses());
            Collections.shuffle(shuffled, random);

            // then
            assertThat(story.explained(50_000, shuffled)).as("seed %d", seed).isEqualTo(story.explained(50_000));
        }
    }

    @Test
    void neverNamesMoreThanThereIs() {
        for (long seed = 0; seed < ACCOUNTS; seed++) {
            // given
            var story = random(new Random(seed));
            var uses = story.uses();

            // when
            var explanation = story.explained(50_000).getExplanation();

            // then
            long impressions =
                    uses.stream().mapToLong(ExperimentUse::impressions).sum();
            assertThat(explanation.getCostliest().stream()
                            .mapToLong(ExplainedSpend::getCostMicros)
                            .sum())
                    .as("cost, seed %d", seed)
                    .isLessThanOrEqualTo(impressions * 10_000)
                    .isGreaterThanOrEqualTo(uses.stream()
                            .mapToLong(use -> use.impressions() * 10_000)
                            .sorted()
                            .skip(Math.max(0, uses.size() - 5))
                            .sum());
            assertThat(explanation.getCostliest().stream()
                            .mapToInt(ExplainedSpend::getSharePercent)
                            .sum())
                    .as("share, seed %d", seed)
                    .isLessThanOrEqualTo(100);
            assertThat(explanation.getGrowing())
                    .as("growth, seed %d", seed)
                    .hasSizeLessThanOrEqualTo(5)
                    .allMatch(one -> one.getImpressions() > one.getBefore());
            assertThat(explanation.getEndWithout()).as("end, seed %d", seed).isBetween(0L, 500_000_000L);
        }
    }

    private static Story random(Random random) {
        var story = new Story();
        int experiments = 1 + random.nextInt(9);
        for (int i = 0; i < experiments; i++) {
            int first = random.nextInt(15);
            int left = first + random.nextInt(16 - first);
            story.daily("e" + i, first, left, random.nextInt(4)).leftover("e" + i, left, 15, random.nextInt(4));
        }
        return story;
    }
}
