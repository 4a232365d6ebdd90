package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The outcome of an experiment as a page in Markdown for a knowledge base. What is not known says so. */
public final class OutcomeText {

    private static final String UNKNOWN = "not recorded";
    private static final String UNHEARD = "not known: too little was heard of its project in the 7 days after";
    private static final int DAYS_MEASURED = (int) Endings.MEASURED_FOR.toDays();

    private OutcomeText() {}

    /** The page, line by line. Texts of people are shown as they wrote them, and mean nothing to Markdown. */
    public static List<String> markdown(ExperimentOutcome outcome) {
        var key = new ExperimentKey(outcome.getProject(), outcome.getEnvironment(), outcome.getExperiment());
        var lines = new ArrayList<String>();
        lines.add("# " + name(outcome.getExperiment()) + ": how it ended");
        lines.add("");
        lines.add("Experiment `" + Wording.oneLine(key.toString()).replace("`", "'") + "`"
                + (outcome.getRun() == null ? "" : ", run " + name(outcome.getRun()))
                + ". " + ended(outcome));
        section(lines, "Goal", text(outcome.getGoal()));
        section(lines, "Decision", decision(outcome));
        section(lines, "Key learning", text(outcome.getKeyLearning()));
        section(lines, "Follow-up", text(outcome.getFollowUp()));
        if (outcome.getLink() != null) {
            section(lines, "Documented at", link(outcome.getLink()));
        }
        lines.add("");
        lines.add("## Dates and figures");
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        if (outcome.getTeam() != null) {
            row(lines, "Owner team", name(outcome.getTeam()));
        }
        row(lines, "First impression", date(outcome.getStartedAt()));
        row(lines, "Served to everyone since", date(outcome.getFullRolloutSince()));
        row(lines, "Ended", date(outcome.getClosedAt()));
        row(lines, "Impressions", Wording.number(outcome.getImpressions()));
        row(lines, "Of them after it was decided or over", Wording.number(outcome.getLeftoverImpressions()));
        row(lines, "Cost", money(outcome.getCostMicros(), outcome));
        row(lines, "Of that wasted", money(outcome.getWastedMicros(), outcome));
        row(lines, "Impressions a day before the end", number(outcome.getImpressionsPerDayBefore()));
        row(lines, "Impressions a day after it", after(outcome));
        row(lines, "Saved a month", saved(outcome));
        return List.copyOf(lines);
    }

    private static String ended(ExperimentOutcome outcome) {
        var ended = "It ended on " + date(outcome.getClosedAt()) + ": " + Wording.reason(outcome.getResolution()) + ".";
        if (outcome.getProvisional()) {
            return ended + " This page is provisional: what the end saved is measured for 7 days.";
        }
        return outcome.getCorrectedAt() == null
                ? ended
                : ended + " Traffic that came late is in the figures as of " + date(outcome.getCorrectedAt()) + ".";
    }

    private static String decision(ExperimentOutcome outcome) {
        var winner = outcome.getWinner() == null ? "" : "; the winner is " + name(outcome.getWinner());
        return switch (outcome.getDecision()) {
            case ROLL_OUT -> "Roll out" + winner;
            case ROLL_BACK -> "Roll back" + winner;
            case CONTINUE -> "Continue" + winner;
            case NONE, UNKNOWN -> UNKNOWN + winner;
        };
    }

    private static String after(ExperimentOutcome outcome) {
        if (outcome.getProvisional()) {
            return "measured for 7 days";
        }
        var days = outcome.getDaysAfter();
        if (days == null) {
            return outcome.getImpressionsPerDayAfter() == null ? UNHEARD : number(outcome.getImpressionsPerDayAfter());
        }
        return number(outcome.getImpressionsPerDayAfter())
                + (days == DAYS_MEASURED
                        ? ""
                        : " (in " + Wording.days(days) + " of 7; in the others too little was heard of its project)");
    }

    private static String saved(ExperimentOutcome outcome) {
        if (outcome.getProvisional()) {
            return "measured for 7 days";
        }
        return outcome.getImpressionsPerDayAfter() == null ? UNHEARD : money(outcome.getSavedMicrosPerMonth(), outcome);
    }

    private static String money(Long micros, ExperimentOutcome outcome) {
        return micros == null || outcome.getCurrency() == null
                ? "not known: there was no price"
                : MoneyText.plain(micros, outcome.getCurrency());
    }

    private static String number(Long number) {
        return number == null ? UNKNOWN : Wording.number(number);
    }

    private static String date(Instant at) {
        return at == null ? UNKNOWN : Wording.date(at);
    }

    private static String text(String text) {
        return text == null || text.isBlank() ? UNKNOWN : escaped(text);
    }

    private static void section(List<String> lines, String title, String text) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
        lines.addAll(text.lines().map(String::strip).toList());
    }

    private static void row(List<String> lines, String name, String value) {
        lines.add("| " + name + " | " + value + " |");
    }

    /** Keys are any text: a heading or a cell must stay one line. */
    private static String name(String text) {
        return escaped(Wording.oneLine(text));
    }

    /** An address that can be followed, or what else somebody wrote. */
    private static String link(String link) {
        return link.matches("https?://[^\\s<>]+") ? "<" + link + ">" : escaped(link);
    }

    /** What means something to Markdown or HTML is taken as it stands, so that a text can neither format nor link. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]<>#|~&]", "\\\\$0")
                .replaceAll("(?m)^(\\s*)([-+=]|\\d+(?=[.)]))", "$1\\\\$2")
                .replaceAll("(?m)^(\\s*)\\\\(\\d+)([.)])", "$1$2\\\\$3");
    }
}
