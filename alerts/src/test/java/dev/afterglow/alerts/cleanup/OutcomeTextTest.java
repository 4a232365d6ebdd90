package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutcomeTextTest {

    private final ExperimentOutcome.Builder outcome = ExperimentOutcome.newBuilder()
            .setProject("shop")
            .setEnvironment("production")
            .setExperiment("checkout cta")
            .setProvisional(false)
            .setClosedAt(Instant.parse("2026-11-20T10:30:00Z"))
            .setResolution(Resolution.ARCHIVED)
            .setDecision(Decision.NONE)
            .setImpressions(1_234_567L)
            .setLeftoverImpressions(4_321L);

    @Test
    void saysWhoOwnedIt() {
        outcome.setTeam("growth | web");

        assertThat(text()).contains("| Owner team | growth \\| web |");
    }

    @Test
    void saysThatWhatCameLateIsInTheFigures() {
        outcome.setCorrectedAt(Instant.parse("2026-12-02T00:00:00Z"));

        assertThat(text()).contains("it was archived. Traffic that came late is in the figures as of 2026-12-02.\n");
    }

    @Test
    void readsAsAPageForAKnowledgeBase() {
        // given
        outcome.setRun("run 1")
                .setGoal("more orders")
                .setDecision(Decision.ROLL_OUT)
                .setWinner("green")
                .setKeyLearning("Green sells.\nRed does not.")
                .setFollowUp("try the cart")
                .setLink("https://wiki/1")
                .setStartedAt(Instant.parse("2026-10-01T00:00:00Z"))
                .setFullRolloutSince(Instant.parse("2026-11-01T00:00:00Z"))
                .setCurrency("EUR")
                .setCostMicros(12_340_000L)
                .setWastedMicros(1_000_000L)
                .setSavedMicrosPerMonth(5_500_000L)
                .setImpressionsPerDayBefore(300L)
                .setImpressionsPerDayAfter(0L)
                .setDaysAfter(7);

        // then
        assertThat(text()).isEqualTo("""
                        # checkout cta: how it ended

                        Experiment `shop/production/checkout cta`, run run 1. It ended on 2026-11-20: it was archived.

                        ## Goal

                        more orders

                        ## Decision

                        Roll out; the winner is green

                        ## Key learning

                        Green sells.
                        Red does not.

                        ## Follow-up

                        try the cart

                        ## Documented at

                        <https://wiki/1>

                        ## Dates and figures

                        | | |
                        |---|---|
                        | First impression | 2026-10-01 |
                        | Served to everyone since | 2026-11-01 |
                        | Ended | 2026-11-20 |
                        | Impressions | 1,234,567 |
                        | Of them after it was decided or over | 4,321 |
                        | Cost | EUR 12.34 |
                        | Of that wasted | EUR 1.00 |
                        | Impressions a day before the end | 300 |
                        | Impressions a day after it | 0 |
                        | Saved a month | EUR 5.50 |""");
    }

    @Test
    void saysWhatIsNotKnown() {
        assertThat(text())
                .contains(
                        "## Goal\n\nnot recorded\n",
                        "## Decision\n\nnot recorded\n",
                        "| First impression | not recorded |",
                        "| Cost | not known: there was no price |")
                .doesNotContain("Documented at");
    }

    @Test
    void saysThatTheSavingIsStillMeasured() {
        // given
        outcome.setProvisional(true).setCurrency("EUR");

        // then
        assertThat(text()).contains("This page is provisional", "| Saved a month | measured for 7 days |");
    }

    @Test
    void saysThatSilenceOfAProjectTellsNothing() {
        // given
        outcome.setCurrency("EUR").setImpressionsPerDayBefore(300L);

        // then
        assertThat(text())
                .contains(
                        "| Impressions a day after it | not known: too little was heard of its project in the 7 days"
                                + " after |",
                        "| Saved a month | not known: too little was heard of its project in the 7 days after |");
    }

    @Test
    void saysOfHowManyDaysSomethingWasHeard() {
        // given
        outcome.setImpressionsPerDayAfter(96L).setDaysAfter(5);

        // then
        assertThat(text())
                .contains("| Impressions a day after it | 96 (in 5 days of 7; in the others too little was heard of"
                        + " its project) |");
    }

    @Test
    void keepsNamesInOneLine() {
        // given
        outcome.setExperiment("a\n\n# Title")
                .setRun("r\n## run")
                .setDecision(Decision.ROLL_OUT)
                .setWinner("w\n- x");

        // then
        assertThat(text().lines())
                .contains("# a \\# Title: how it ended", "Roll out; the winner is w - x")
                .noneMatch(line -> line.startsWith("# Title") || line.startsWith("## run"));
    }

    @Test
    void takesNoIndentedTextForCode() {
        // given
        outcome.setKeyLearning("it works\n\n    really <b>");

        // then
        assertThat(text().lines()).contains("really \\<b\\>");
    }

    @Test
    void letsNoTextOfSomebodyFormatThePage() {
        // given
        outcome.setGoal("<img src=x> [click](http://evil) `code` | cell # title")
                .setExperiment("a`b|c");

        // then
        assertThat(text())
                .contains(
                        "\\<img src=x\\> \\[click\\](http://evil) \\`code\\` \\| cell \\# title",
                        "# a\\`b\\|c: how it ended",
                        "Experiment `shop/production/a'b|c`");
    }

    @Test
    void beginsNoListWithWhatSomebodyWrote() {
        // given
        outcome.setKeyLearning("- one\n2. two\n= three\n4.5 times").setLink("see page_4 of the wiki");

        // then
        assertThat(text()).contains("\\- one\n2\\. two\n\\= three\n4\\.5 times", "see page\\_4 of the wiki");
    }

    private String text() {
        return String.join("\n", OutcomeText.markdown(outcome.build()));
    }
}
