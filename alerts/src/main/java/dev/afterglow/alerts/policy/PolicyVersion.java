package dev.afterglow.alerts.policy;

import dev.afterglow.contract.ProjectPolicy;
import java.time.Instant;
import java.util.Objects;

/**
 * A version of a project policy and when it came to us.
 *
 * @param policy the version
 * @param arrivedAt when it was written to its topic
 */
public record PolicyVersion(ProjectPolicy policy, Instant arrivedAt) {

    /** @throws NullPointerException when a part is missing */
    public PolicyVersion {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(arrivedAt, "arrivedAt");
    }
}
