package dev.afterglow.alerts.cleanup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An explanation for people. */
public final class ExplanationText {

    private ExplanationText() {}

    /**
     * The lines: the answer, what it rests on, then each rule with everything it asked, and what is open already.
     *
     * @param open its alerts that are open
     */
    public static List<String> lines(Explanation explanation, List<OpenOne> open) {
        var lines = new ArrayList<String>();
        lines.add(Wording.oneLine(Wording.subject(explanation.key())) + ": " + answer(explanation, open));
        lines.add("Looked at " + explanation.at() + ". " + definition(explanation) + " "
                + explanation
                        .lastTraffic()
                        .map(end -> "The last impression came before " + end + ".")
                        .orElse("There was never an impression."));
        for (var finding : explanation.findings()) {
            lines.add("");
            lines.add(finding.kind() + ": " + verdict(finding));
            finding.checks().forEach(check -> lines.add(line(check)));
            finding.costLimit().ifPresent(check -> lines.add(line(check)));
            finding.cost().ifPresent(words -> lines.add("       " + words));
        }
        lines.add("");
        if (open.isEmpty()) {
            lines.add("No alert is open.");
        }
        open.forEach(alert -> lines.add(open(explanation, alert)));
        return lines;
    }

    private static String answer(Explanation explanation, List<OpenOne> open) {
        if (explanation.isFlagged()) {
            return "flagged as "
                    + explanation.findings().stream()
                            .filter(Finding::applies)
                            .map(finding -> finding.kind().name())
                            .collect(Collectors.joining(", "));
        }
        if (open.stream().anyMatch(explanation::keepsOpen)) {
            return "still flagged, though no alert would open now";
        }
        return "not flagged";
    }

    private static String definition(Explanation explanation) {
        return explanation
                .phase()
                .map(phase -> "Version " + phase.definition().getVersion() + " of its definition is in force since "
                        + phase.start() + ".")
                .or(() -> explanation
                        .nextVersionAt()
                        .map(start -> "Its definition takes effect at " + start + "; every other rule rests on one."))
                .orElse(
                        "It has no definition, and every other rule rests on one: write one to the topic of experiments.");
    }

    private static String open(Explanation explanation, OpenOne alert) {
        return alert.status() + ": " + alert.kind() + " since " + alert.since()
                + (alert.snoozedUntil() == null ? "" : ", until " + alert.snoozedUntil()) + " ("
                + Wording.oneLine(alert.alertId()) + ")"
                + (explanation.keepsOpen(alert)
                        ? "; it stays open while its cause lasts, until nothing was consumed in 24 h and the rest of the"
                                + " project flows"
                        : "");
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
