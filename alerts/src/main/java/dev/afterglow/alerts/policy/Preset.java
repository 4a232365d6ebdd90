package dev.afterglow.alerts.policy;

import dev.afterglow.contract.ProjectPolicy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * After how many days other products call something stale that is served to everybody, as their documentation had it in
 * November 2026. {@code alerts/PRESETS.md} says what they look at, and what they miss.
 */
public enum Preset {
    /** "Rolled out to 100 % of users for more than 30 days". */
    AMPLITUDE(30),
    /** Not updated for two weeks, and one value for everybody. */
    GROWTHBOOK(14),
    /** "Launched": one variation to all contexts in the last 7 days, and no change of configuration. */
    LAUNCHDARKLY(7),
    /** The same variant to 100 % of the traffic for 30 days. */
    DATADOG(30),
    /** "Released": the same variant to all users for 14 days or more. */
    DEVCYCLE(14);

    private final int days;

    Preset(int days) {
        this.days = days;
    }

    /** The preset of a name, in whatever case. */
    public static Optional<Preset> named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** All names, as people write them. */
    public static String names() {
        return Arrays.stream(values())
                .map(preset -> preset.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /**
     * Sets what the preset says: its days before a warning, twice as many before it is critical, and feature flags judged
     * as experiments are, since none of them tells the two apart.
     */
    public ProjectPolicy.Builder applyTo(ProjectPolicy.Builder policy) {
        return policy.setWarnAfterDays(days).setCriticalAfterDays(2 * days).setIncludeFeatureFlags(true);
    }
}
