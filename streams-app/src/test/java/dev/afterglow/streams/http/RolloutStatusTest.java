package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.Samples.BUTTON;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.VariantWeight;
import dev.afterglow.streams.readmodel.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutStatusTest {

    @Test
    void tellsFullRolloutFromASplit() {
        assertThat(RolloutStatus.nameOf(full().build())).isEqualTo("FULL_ROLLOUT");
        assertThat(RolloutStatus.nameOf(
                        full().setVariants(List.of(new VariantWeight("on", 1.0), new VariantWeight("off", 1.0)))
                                .build()))
                .isEqualTo("RUNNING");
    }

    @Test
    void callsADisabledExperimentInactive() {
        assertThat(RolloutStatus.nameOf(full().setEnabled(false).build())).isEqualTo("INACTIVE");
    }

    @Test
    void callsAnArchivedExperimentArchived() {
        assertThat(RolloutStatus.nameOf(
                        full().setState(ExperimentState.ARCHIVED).build()))
                .isEqualTo("ARCHIVED");
    }

    private static ExperimentDefinition.Builder full() {
        return ExperimentDefinition.newBuilder(Samples.definition(BUTTON, 1, HOUR));
    }
}
