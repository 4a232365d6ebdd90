package dev.afterglow.streams.bench;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The configuration under which the events are counted and priced: as a user has it, and nothing out of the ordinary. */
final class Definitions {

    private static final String ACCOUNT = "bench";

    private final EventGenerator generator;
    private final Instant since;

    /** @param end when the last event arrived */
    Definitions(EventGenerator generator, Instant end) {
        GeneratedClasses.trust();
        this.generator = generator;
        this.since = end.minus(Duration.ofDays(40));
    }

    /** @param horizonHours hours for which ids are remembered; empty for the default */
    ProjectPolicy policy(Optional<Integer> horizonHours) {
        var policy = ProjectPolicy.newBuilder()
                .setProject(EventGenerator.PROJECT)
                .setVersion(1)
                .setEffectiveFrom(since)
                .setAccount(ACCOUNT);
        horizonHours.ifPresent(policy::setDedupeHorizonHours);
        return policy.build();
    }

    PricePlan plan() {
        return new PricePlan(
                ACCOUNT,
                1L,
                since,
                "EUR",
                "UTC",
                100_000L,
                List.of(new PriceTier(null, 450_000L, 1_000L)),
                BlockRounding.PRO_RATA,
                0L,
                0L);
    }

    ExperimentDefinition definition(int experiment) {
        var key = generator.key(experiment);
        return ExperimentDefinition.newBuilder()
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setVersion(1)
                .setEffectiveFrom(since)
                .setKind(ExperimentKind.EXPERIMENT)
                .setState(ExperimentState.RUNNING)
                .setRolloutPercent(100)
                .setVariants(IntStream.range(0, EventGenerator.variants(experiment))
                        .mapToObj(index -> new VariantWeight(EventGenerator.variant(index), 50.0))
                        .toList())
                .build();
    }
}
