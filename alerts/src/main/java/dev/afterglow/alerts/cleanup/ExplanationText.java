package dev.afterglow.alerts.cleanup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An explanation for people. */
public final class ExplanationText {

    private ExplanationText() {}

    /** The lines: the answer, what it rests on, then each rule with everything it asked. */
    public static List<String> lines(Explanation explanation) {
        var lines = new ArrayList<String>();
        lines.add(Wording.oneLine(Wording.subject(explanation.key())) + ": " + answer(explanation));
        lines.add("Looked at " + explanation.at() + ". " + definition(explanation) + " "
                + explanation
                        .lastTraffic()
                        .map(end -> "The last impression came before " + end + ".")
                        .orElse("There was never an impression."));
        for (var finding : explanation.findings()) {
            lines.add("");
            lines.add(finding.kind() + ": " + verdict(finding));
            finding.checks().forEach(check -> lines.add(line(check)));
        }
        return lines;
    }

    private static String answer(Explanation explanation) {
        if (explanation.phase().isEmpty()) {
            return "not flagged, since nothing is known of it";
        }
        return explanation.isFlagged()
                ? "flagged as "
                        + explanation.findings().stream()
                                .filter(Finding::applies)
                                .map(finding -> finding.kind().name())
                                .collect(Collectors.joining(", "))
                : "not flagged";
    }

    private static String definition(Explanation explanation) {
        return explanation
                .phase()
                .map(phase -> "Version " + phase.definition().getVersion() + " of its definition is in force since "
                        + phase.start() + ".")
                .orElse("No definition of it is in force, and every rule rests on one: write one to the topic of"
                        + " experiments.");
    }

    private static String verdict(Finding finding) {
        return finding.severity()
                .map(severity -> "yes, " + severity.name().toLowerCase(Locale.ROOT))
                .orElseGet(() -> "no: "
                        + finding.obstacle()
                                .map(Check::found)
                                .map(Wording::oneLine)
                                .orElse("its time has not come"));
    }

    private static String line(Check check) {
        return (check.holds() ? "  yes  " : "  no   ") + check.asked() + ": " + Wording.oneLine(check.found());
    }
}
