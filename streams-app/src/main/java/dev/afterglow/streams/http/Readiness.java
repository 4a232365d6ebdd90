package dev.afterglow.streams.http;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the instance can do its work.
 *
 * @param checks what was looked at, for people: name of the check and whether it passed
 */
public record Readiness(Map<String, Boolean> checks) {

    /** Takes a copy, in the order of names. */
    public Readiness {
        checks = Collections.unmodifiableMap(new TreeMap<>(checks));
    }

    /** Whether every check passed. */
    public boolean ready() {
        return !checks.containsValue(false);
    }
}
