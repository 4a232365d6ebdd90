package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.alerts.text.Columns;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How runs of experiments ended, for people: one line each, and what that brought by month and team. */
public final class OutcomeList {

    /** A screen and a bit. */
    private static final int SHOWN = 50;

    private static final String NONE = "-";

    private OutcomeList() {}

    /** The lines, the run that ended last first. */
    public static List<String> lines(Collection<ExperimentOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return List.of(
                    "No run has ended: an outcome is written when the last clean-up alert of a run is resolved by"
                            + " its end.");
        }
        var table = new Columns("experiment", "run", "ended", "why", "team", "wasted", "saved a month");
        outcomes.stream()
                .sorted(Comparator.comparing(ExperimentOutcome::getClosedAt).reversed())
                .limit(SHOWN)
                .forEach(outcome -> table.add(
                        new ExperimentKey(outcome.getProject(), outcome.getEnvironment(), outcome.getExperiment())
                                .toString(),
                        orNone(outcome.getRun()),
                        Wording.date(outcome.getClosedAt()),
                        outcome.getResolution().name(),
                        orNone(outcome.getTeam()),
                        money(outcome.getWastedMicros(), outcome.getCurrency()),
                        saved(outcome)));
        var lines = new ArrayList<>(table.lines());
        if (outcomes.size() > SHOWN) {
            lines.add("... and " + Wording.number(outcomes.size() - SHOWN) + " that ended earlier.");
        }
        lines.add("");
        lines.addAll(sums(OutcomeSum.of(outcomes)));
        return List.copyOf(lines);
    }

    private static List<String> sums(List<OutcomeSum> sums) {
        var table = new Columns("month", "team", "ended", "still measured", "wasted", "saved a month");
        sums.forEach(sum -> table.add(
                sum.month().toString(),
                orNone(sum.team()),
                Wording.number(sum.runs()),
                Wording.number(sum.provisional()),
                money(sum.wastedMicros(), sum.currency()),
                money(sum.savedMicrosPerMonth(), sum.currency())));
        return table.lines();
    }

    private static String saved(ExperimentOutcome outcome) {
        return outcome.getProvisional()
                ? "known on " + Wording.date(Endings.measuredAt(outcome.getClosedAt()))
                : money(outcome.getSavedMicrosPerMonth(), outcome.getCurrency());
    }

    private static String money(Long micros, String currency) {
        return micros == null || currency == null ? "not known" : MoneyText.plain(micros, currency);
    }

    private static String orNone(String text) {
        return text == null ? NONE : text;
    }
}
