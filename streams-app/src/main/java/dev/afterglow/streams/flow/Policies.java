package dev.afterglow.streams.flow;

import dev.afterglow.alerts.policy.PolicyHistory;

/** The policies of projects. Asked often, so that it has to be quick. */
public interface Policies {

    /** The policies of a project; the defaults when it has none. */
    PolicyHistory of(String project);

    /** The longest de-duplication horizon of any project, in hours of arrival; at least the default. */
    int longestHorizonHours();

    /** Grows with every change of a policy. */
    long revision();
}
