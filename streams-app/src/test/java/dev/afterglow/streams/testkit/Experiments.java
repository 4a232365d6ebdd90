package dev.afterglow.streams.testkit;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.List;

/** Definitions of shop/production/checkout, owned by team growth; each test changes what it is about. */
public final class Experiments {

    /** The experiment that the definitions and {@link Events} are of. */
    public static final ExperimentKey CHECKOUT = new ExperimentKey("shop", "production", "checkout");

    static {
        GeneratedClasses.trust();
    }

    private Experiments() {}

    /** Blue and green for one half each. */
    public static ExperimentDefinition.Builder split(long version, Instant from) {
        return ExperimentDefinition.newBuilder()
                .setProject(CHECKOUT.project())
                .setEnvironment(CHECKOUT.environment())
                .setExperiment(CHECKOUT.experiment())
                .setVersion(version)
                .setEffectiveFrom(from)
                .setRolloutPercent(100)
                .setVariants(List.of(new VariantWeight("blue", 1.0), new VariantWeight("green", 1.0)))
                .setOwnerTeam("growth");
    }

    /** Green for everybody. */
    public static ExperimentDefinition.Builder full(long version, Instant from) {
        return split(version, from)
                .setVariants(List.of(new VariantWeight("blue", 0.0), new VariantWeight("green", 1.0)));
    }

    /** Archived. */
    public static ExperimentDefinition.Builder archived(long version, Instant from) {
        return full(version, from).setState(ExperimentState.ARCHIVED);
    }
}
