package dev.afterglow.alerts.policy;

import dev.afterglow.alerts.time.UsableTime;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a valid project policy looks like. */
final class PolicyCheck {

    private static final String SLUG_REMEDY =
            "is no slug: use lower-case letters, digits, '.', '_' and '-', starting with a letter or digit";

    /** Those that rules raise, in the order of the contract. */
    private static final List<String> KINDS = Stream.of(CleanupKind.values())
            .filter(kind -> kind != CleanupKind.UNKNOWN && kind != CleanupKind.SOURCE_SILENT)
            .map(Enum::name)
            .toList();

    private PolicyCheck() {}

    static List<String> problems(ProjectPolicy policy) {
        var problems = new ArrayList<String>();
        slug(problems, "project", policy.getProject());
        slug(problems, "account", policy.getAccount());
        if (policy.getCountedEnvironments() != null) {
            policy.getCountedEnvironments().forEach(name -> slug(problems, "countedEnvironments", name));
        }
        atLeast(problems, "version", policy.getVersion(), 1);
        if (!UsableTime.is(policy.getEffectiveFrom())) {
            problems.add("effectiveFrom " + UsableTime.REMEDY);
        }
        if (policy.getCountingPolicy() == CountingPolicy.UNKNOWN) {
            problems.add(
                    "countingPolicy is UNKNOWN: use EVALUATION, PAGE_IMPRESSION, SESSION_EXPOSURE or DAILY_UNIQUE");
        }
        atLeast(problems, "warnAfterDays", policy.getWarnAfterDays(), 0);
        if (policy.getCriticalAfterDays() < policy.getWarnAfterDays()) {
            problems.add("criticalAfterDays is " + policy.getCriticalAfterDays()
                    + ": use at least warnAfterDays, which is " + policy.getWarnAfterDays());
        }
        if (policy.getCriticalCostMicros() != null && policy.getCriticalCostMicros() < 1) {
            problems.add("criticalCostMicros (criticalCost in files) is " + policy.getCriticalCostMicros()
                    + ": give more than 0, or leave it out for none");
        }
        atLeast(problems, "minimumImpressions", policy.getMinimumImpressions(), 1);
        atLeast(problems, "propagationGraceMinutes", policy.getPropagationGraceMinutes(), 0);
        between(problems, "dedupeHorizonHours", policy.getDedupeHorizonHours(), 1, 168);
        atLeast(problems, "unknownExperimentsPerDay", policy.getUnknownExperimentsPerDay(), 0);
        atLeast(problems, "variantsPerExperiment", policy.getVariantsPerExperiment(), 1);
        units(problems, policy.getExcludedUnits());
        noBlank(problems, "excludedUserAgents", policy.getExcludedUserAgents());
        noBlank(problems, "exemptTags", policy.getExemptTags());
        noBlank(problems, "exemptExperiments", policy.getExemptExperiments());
        kinds(problems, policy.getExemptKinds());
        return List.copyOf(problems);
    }

    private static void slug(List<String> problems, String field, String value) {
        if (!ExperimentKey.isSlug(value)) {
            problems.add(field + " '" + value + "' " + SLUG_REMEDY);
        }
    }

    private static void atLeast(List<String> problems, String field, long value, long least) {
        if (value < least) {
            problems.add(field + " is " + value + ": use " + least + " or more");
        }
    }

    private static void between(List<String> problems, String field, long value, long least, long most) {
        if (value < least || value > most) {
            problems.add(field + " is " + value + ": use " + least + " to " + most);
        }
    }

    /** A lone star would leave out everybody, which nobody means. */
    private static void units(List<String> problems, List<String> units) {
        noBlank(problems, "excludedUnits", units);
        for (var unit : units) {
            int star = unit.indexOf('*');
            if (unit.equals("*")) {
                problems.add("excludedUnits holds '*', which is every unit: use countedEnvironments to leave out"
                        + " whole environments");
            } else if (star >= 0 && star < unit.length() - 1) {
                problems.add("excludedUnits '" + unit + "' has a '*' before its end: only prefixes such as 'test-*'"
                        + " are understood");
            }
        }
    }

    private static void kinds(List<String> problems, List<String> kinds) {
        for (var kind : kinds) {
            if (!KINDS.contains(kind)) {
                problems.add("exemptKinds holds '" + kind + "': use " + String.join(", ", KINDS));
            }
        }
    }

    private static void noBlank(List<String> problems, String field, List<String> values) {
        if (values.stream().anyMatch(String::isBlank)) {
            problems.add(field + " holds an empty entry: remove it");
        }
    }
}
