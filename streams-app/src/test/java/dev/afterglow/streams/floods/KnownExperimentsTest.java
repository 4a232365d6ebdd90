package dev.afterglow.streams.floods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.directory.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownExperimentsTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final KnownExperiments known = new KnownExperiments(
            identity -> Map.of("shop/production/a%2Fb", List.of(new Entry<ExperimentDefinition>(null, NOON)))
                    .getOrDefault(identity, List.of()));

    @Test
    void knowsAnExperimentFromTheArrivalOfItsFirstDefinition() {
        var experiment = new ExperimentKey("shop", "production", "a/b");

        assertThat(known.isKnown(experiment, NOON.minusMillis(1))).isFalse();
        assertThat(known.isKnown(experiment, NOON)).isTrue();
    }

    @Test
    void doesNotKnowAnExperimentWithoutADefinition() {
        assertThat(known.isKnown(new ExperimentKey("shop", "production", "other"), NOON))
                .isFalse();
    }
}
