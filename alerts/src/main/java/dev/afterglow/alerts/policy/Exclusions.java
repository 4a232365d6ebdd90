package dev.afterglow.alerts.policy;

import dev.afterglow.contract.ProjectPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy leaves out whatever its counting policy says: environments that do not count, units and user agents that
 * are internal, robots. Made once of a version of a policy, then asked for every event. Immutable.
 */
public final class Exclusions {

    private static final String ANY_END = "*";

    private final boolean allEnvironments;
    private final Set<String> environments;
    private final Set<String> units;
    private final List<String> unitPrefixes;
    private final List<String> userAgents;
    private final boolean robots;

    /** Why an event is left out. */
    public enum Reason {
        /** Its environment does not count. */
        ENVIRONMENT,
        /** Its unit is marked as internal. */
        INTERNAL_UNIT,
        /** Its user agent is marked as internal. */
        INTERNAL_AGENT,
        /** Its user agent says that it is a robot. */
        BOT
    }

    private Exclusions(ProjectPolicy policy) {
        allEnvironments = policy.getCountedEnvironments() == null;
        environments = allEnvironments ? Set.of() : new HashSet<>(policy.getCountedEnvironments());
        units = new HashSet<>(policy.getExcludedUnits());
        unitPrefixes = policy.getExcludedUnits().stream()
                .filter(unit -> unit.endsWith(ANY_END))
                .map(unit -> unit.substring(0, unit.length() - ANY_END.length()))
                .toList();
        userAgents = policy.getExcludedUserAgents().stream()
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList();
        robots = policy.getExcludeBots();
    }

    /** The exclusions of one version of a policy, which has no {@link PolicyHistory#problems problems}. */
    public static Exclusions of(ProjectPolicy policy) {
        return new Exclusions(policy);
    }

    /** Whether nothing is ever left out, so that nobody needs to ask. */
    public boolean isEmpty() {
        return allEnvironments && units.isEmpty() && !readsUserAgents();
    }

    /** Whether user agents matter, so that who decodes events may leave them alone otherwise. */
    public boolean readsUserAgents() {
        return robots || !userAgents.isEmpty();
    }

    /**
     * Why an event is left out; the first reason in the order of {@link Reason}. Empty when it is not.
     *
     * @param userAgent null where the event carries none, which is no reason
     */
    public Optional<Reason> reasonFor(String environment, String unit, String userAgent) {
        if (!allEnvironments && !environments.contains(environment)) {
            return Optional.of(Reason.ENVIRONMENT);
        }
        if (isInternal(unit)) {
            return Optional.of(Reason.INTERNAL_UNIT);
        }
        return userAgent == null || !readsUserAgents() ? Optional.empty() : ofAgent(userAgent.toLowerCase(Locale.ROOT));
    }

    private boolean isInternal(String unit) {
        return !units.isEmpty()
                && (units.contains(unit) || unitPrefixes.stream().anyMatch(unit::startsWith));
    }

    private Optional<Reason> ofAgent(String userAgent) {
        if (userAgents.stream().anyMatch(userAgent::contains)) {
            return Optional.of(Reason.INTERNAL_AGENT);
        }
        return robots && Robots.isOne(userAgent) ? Optional.of(Reason.BOT) : Optional.empty();
    }
}
