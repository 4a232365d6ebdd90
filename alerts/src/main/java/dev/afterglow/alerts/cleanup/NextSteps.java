package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.NextStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The way to the clean-up: confirm, put in the code, switch off, write down; or move to a feature flag. */
final class NextSteps {

    private NextSteps() {}

    /**
     * What is done already.
     *
     * @param implemented whether somebody said so, or it was seen that nothing evaluates it any more
     * @param deactivated whether the experiment serves nobody
     * @param documented whether somebody said so
     */
    record Done(boolean implemented, boolean deactivated, boolean documented) {}

    /**
     * @param definition what is known of the experiment
     * @param variant the variant that belongs in the code; null when there is none
     * @param saves what it saves when its traffic ends, in a few words; null when nothing is known to be saved
     */
    static List<NextStep> of(ExperimentDefinition definition, String variant, Done done, String saves) {
        var off = "Deactivate or archive the " + Wording.noun(definition);
        // The first one that is still to do ends the traffic.
        var byOff = done.implemented() && !done.deactivated();
        return List.of(
                confirm(definition, variant),
                new NextStep(
                        implement(definition, variant) + saving(done.implemented() ? null : saves), done.implemented()),
                new NextStep(off + saving(byOff ? saves : null), done.deactivated()),
                new NextStep("Document the outcome: goal, key learning, decision and follow-up.", done.documented()),
                new NextStep(
                        "Or, if it must be possible to roll back or to roll out step by step: move the change to a"
                                + " feature flag.",
                        definition.getKind() == ExperimentKind.FEATURE_FLAG));
    }

    /** The end of a step that ends the traffic. */
    static String saving(String saves) {
        return saves == null ? "." : ": " + saves + ".";
    }

    private static String implement(ExperimentDefinition definition, String variant) {
        if (variant != null) {
            return "Put variant '" + variant + "' in the code and remove the evaluation";
        }
        return definition.getDecision() == Decision.ROLL_OUT
                ? "Put the winner in the code and remove the evaluation"
                : "Remove the evaluation from the code";
    }

    private static NextStep confirm(ExperimentDefinition definition, String variant) {
        var winner = definition.getWinner();
        if (definition.getDecision() == Decision.ROLL_BACK) {
            return new NextStep("Confirm the decision: roll back" + findings(definition) + ".", true);
        }
        var decided = definition.getDecision() == Decision.ROLL_OUT && winner != null;
        if (decided && variant != null && !winner.equals(variant)) {
            return new NextStep(
                    "Confirm the winner: '" + winner + "' was decided, but '" + variant + "' is served to everyone"
                            + findings(definition) + ".",
                    false);
        }
        var name = decided ? winner : variant;
        return new NextStep(
                "Confirm the winner" + (name == null ? "" : ": '" + name + "'") + findings(definition) + ".", decided);
    }

    private static String findings(ExperimentDefinition definition) {
        var findings = new ArrayList<String>();
        if (definition.getGoal() != null) {
            findings.add("goal: " + definition.getGoal());
        }
        if (definition.getSignificance() != null) {
            findings.add(String.format(Locale.ROOT, "confidence reached: %.1f %%", definition.getSignificance() * 100));
        }
        return findings.isEmpty() ? "" : " (" + String.join("; ", findings) + ")";
    }
}
