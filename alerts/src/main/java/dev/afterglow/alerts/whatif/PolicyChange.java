package dev.afterglow.alerts.whatif;

import dev.afterglow.contract.ProjectPolicy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** In what a changed policy differs from that in force, for people: who leaves a field out gets its default. */
public final class PolicyChange {

    private static final Set<String> NAMES = Set.of("project", "version", "effectiveFrom");

    /** The counts that are kept were made under the policies of their time. */
    private static final Set<String> OF_COUNTING = Set.of(
            "account",
            "countingPolicy",
            "countedEnvironments",
            "dedupeHorizonHours",
            "unknownExperimentsPerDay",
            "variantsPerExperiment",
            "excludedUnits",
            "excludedUserAgents",
            "excludeBots");

    private static final String MICROS = "Micros";
    private static final int MICRO_DIGITS = 6;

    private PolicyChange() {}

    /** A sentence that names the fields that are judged by, and one for those that make no difference to a replay. */
    public static List<String> notes(ProjectPolicy inForce, ProjectPolicy changed) {
        var judged = new ArrayList<String>();
        var counting = new ArrayList<String>();
        for (var field : ProjectPolicy.getClassSchema().getFields()) {
            var name = field.name();
            var before = inForce.get(name);
            var after = changed.get(name);
            if (NAMES.contains(name) || Objects.equals(before, after)) {
                continue;
            }
            if (OF_COUNTING.contains(name)) {
                counting.add(name);
            } else {
                judged.add(asWritten(name) + " " + value(name, before) + " -> " + value(name, after));
            }
        }
        var project = "Project '" + changed.getProject() + "' ";
        var notes = new ArrayList<String>();
        notes.add(
                judged.isEmpty()
                        ? project + "is judged as under the policy in force now."
                        : project + "changes " + String.join(", ", judged) + ".");
        if (!counting.isEmpty()) {
            notes.add(project + "also changes " + String.join(", ", counting)
                    + ", without effect here: the counts are taken as they are.");
        }
        return List.copyOf(notes);
    }

    /** Money is shown as people write it. */
    private static String asWritten(String name) {
        return name.endsWith(MICROS) ? name.substring(0, name.length() - MICROS.length()) : name;
    }

    private static String value(String name, Object value) {
        return name.endsWith(MICROS) && value != null
                ? BigDecimal.valueOf((long) value, MICRO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                : value == null ? "none" : value.toString();
    }
}
