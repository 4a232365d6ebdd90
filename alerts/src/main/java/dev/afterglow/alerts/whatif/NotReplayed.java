package dev.afterglow.alerts.whatif;

import dev.afterglow.contract.ProjectPolicy;
import java.util.List;
import java.util.Objects;

/** What a policy says about counting. The counts that are kept were made under the policies of their time. */
public final class NotReplayed {

    private static final List<String> FIELDS = List.of(
            "account",
            "countingPolicy",
            "countedEnvironments",
            "dedupeHorizonHours",
            "unknownExperimentsPerDay",
            "variantsPerExperiment",
            "excludedUnits",
            "excludedUserAgents",
            "excludeBots");

    private NotReplayed() {}

    /** The fields that a changed policy changes without any effect on a replay, by name, in the order of the contract. */
    public static List<String> fields(ProjectPolicy inForce, ProjectPolicy changed) {
        return FIELDS.stream()
                .filter(field -> !Objects.equals(inForce.get(field), changed.get(field)))
                .toList();
    }
}
