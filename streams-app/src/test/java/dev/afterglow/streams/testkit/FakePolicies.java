package dev.afterglow.streams.testkit;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.streams.flow.Policies;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Policies that a test sets; a project without any has the defaults. */
public final class FakePolicies implements Policies {

    static {
        GeneratedClasses.trust();
    }

    private final Map<String, PolicyHistory> histories = new HashMap<>();
    private long revision;

    /** A version of the policy of project shop, with the defaults of the contract, in force from long ago. */
    public static ProjectPolicy.Builder shop(long version) {
        return ProjectPolicy.newBuilder().setProject("shop").setVersion(version).setEffectiveFrom(Instant.EPOCH);
    }

    /** Adds a version that has arrived long ago. */
    public FakePolicies add(ProjectPolicy.Builder policy) {
        var version = new PolicyVersion(policy.build(), Instant.EPOCH);
        histories.put(policy.getProject(), of(policy.getProject()).with(version));
        revision++;
        return this;
    }

    @Override
    public PolicyHistory of(String project) {
        return histories.computeIfAbsent(project, PolicyHistory::empty);
    }

    @Override
    public int longestHorizonHours() {
        return 24;
    }

    @Override
    public long revision() {
        return revision;
    }
}
