package dev.afterglow.streams.demo;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.contract.ProjectPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who pays for the fleet, under which policies and at which prices. */
final class Accounts {

    static final String ACME = "acme";
    static final String ORBIT = "orbit";

    /** Which account a project belongs to. */
    static final Map<String, String> OF_PROJECT = Map.of(Fleet.SHOP, ACME, Fleet.BAZAAR, ORBIT);

    /** Before everything that is ever priced, backfilled events among it. */
    private static final Duration IN_FORCE_SINCE = Duration.ofDays(400);

    private final Instant since;

    Accounts(Instant now) {
        this.since = now.minus(IN_FORCE_SINCE);
    }

    List<ProjectPolicy> policies() {
        return List.of(policy(Fleet.SHOP), policy(Fleet.BAZAAR));
    }

    /**
     * The price plans: whole micro-units an impression, small quotas, and tiers that are reached.
     *
     * @param events valid events of the run, from which the bounds are derived
     */
    List<PricePlan> plans(long events) {
        var acme = new PricePlan(
                ACME,
                1L,
                since,
                "USD",
                "UTC",
                events / 20,
                List.of(new PriceTier(events / 2, 450_000L, 1_000L), new PriceTier(null, 300_000L, 1_000L)),
                BlockRounding.PRO_RATA,
                0L,
                0L);
        // Months that begin at half past an hour of UTC.
        var orbit = new PricePlan(
                ORBIT,
                1L,
                since,
                "INR",
                "Asia/Kolkata",
                events / 200,
                List.of(new PriceTier(events / 50, 3_700_000L, 100L), new PriceTier(null, 2_900_000L, 100L)),
                BlockRounding.PRO_RATA,
                0L,
                0L);
        return List.of(acme, orbit);
    }

    private ProjectPolicy policy(String project) {
        return ProjectPolicy.newBuilder()
                .setProject(project)
                .setVersion(1)
                .setEffectiveFrom(since)
                .setAccount(OF_PROJECT.get(project))
                .setCountedEnvironments(List.of(Fleet.COUNTED_ENVIRONMENT))
                .setPropagationGraceMinutes((int) MemberFactory.GRACE.toMinutes())
                .build();
    }
}
