package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.policy.PolicyHistory;

/**
 * What an experiment is judged by, without what was refused.
 *
 * @param definitions its own history; empty for one of which nothing is known
 * @param policies those of its project
 */
public record Configured(Definitions definitions, PolicyHistory policies) {}
