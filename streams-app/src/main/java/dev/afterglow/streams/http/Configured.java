package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.streams.flow.PricePlans;

/**
 * What an experiment is judged by, without what was refused.
 *
 * @param definitions its own history; empty for one of which nothing is known
 * @param policies those of its project
 * @param plans those of all accounts
 */
public record Configured(Definitions definitions, PolicyHistory policies, PricePlans plans) {}
