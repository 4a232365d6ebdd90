package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.definition;
import static dev.afterglow.alerts.cleanup.Fixtures.segment;
import static dev.afterglow.alerts.cleanup.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.VariantWeight;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void tellsHowFarADefinitionIsRolledOut(
            String what, Consumer<ExperimentDefinition.Builder> change, Allocation.Kind kind, String variant) {
        assertThat(Allocation.of(definition(1, START, change))).isEqualTo(new Allocation(kind, variant));
    }

    static Stream<Arguments> definitions() {
        return Stream.of(
                full("one positive weight", b -> b.setVariants(weights(0, 1)), "green"),
                full("any positive weight is all of it", b -> b.setVariants(weights(0.001, 0)), "blue"),
                full("a single variant", b -> b.setVariants(List.of(new VariantWeight("only", 50.0))), "only"),
                full(
                        "all segments as well",
                        b -> b.setVariants(weights(0, 1))
                                .setSegments(List.of(segment("beta", 100, 0, 7), segment("staff", 100, 0, 1))),
                        "green"),
                running("50/50 at rollout 100 %", b -> {}),
                running("a sliver for the other variant", b -> b.setVariants(weights(0.0001, 99.9999))),
                running(
                        "99.99 % of the units",
                        b -> b.setVariants(weights(0, 1)).setRolloutPercent(99.99)),
                running("nobody", b -> b.setVariants(weights(0, 1)).setRolloutPercent(0)),
                running("no weight at all", b -> b.setVariants(weights(0, 0))),
                running(
                        "a segment that still splits",
                        b -> b.setVariants(weights(0, 1)).setSegments(List.of(segment("beta", 100, 1, 1)))),
                running(
                        "a segment at 50 %",
                        b -> b.setVariants(weights(0, 1)).setSegments(List.of(segment("beta", 50, 0, 1)))),
                running(
                        "segments that differ",
                        b -> b.setVariants(weights(0, 1))
                                .setSegments(List.of(segment("beta", 100, 0, 1), segment("staff", 100, 1, 0)))),
                running(
                        "a state from a newer contract",
                        b -> b.setVariants(weights(0, 1)).setState(ExperimentState.UNKNOWN)),
                targeted("segments only", b -> b.setSegments(List.of(segment("beta", 100, 0, 1)))),
                targeted(
                        "everybody else has the other variant",
                        b -> b.setVariants(weights(1, 0)).setSegments(List.of(segment("beta", 100, 0, 1)))),
                targeted(
                        "nobody else",
                        b -> b.setRolloutPercent(0)
                                .setVariants(weights(0, 1))
                                .setSegments(List.of(segment("beta", 100, 0, 1)))),
                off("disabled", b -> b.setVariants(weights(0, 1)).setEnabled(false)),
                off("a draft", b -> b.setVariants(weights(0, 1)).setState(ExperimentState.DRAFT)),
                off("inactive", b -> b.setVariants(weights(0, 1)).setState(ExperimentState.INACTIVE)),
                of("archived", b -> b.setState(ExperimentState.ARCHIVED), Allocation.Kind.ARCHIVED, null),
                of(
                        "archived and disabled",
                        b -> b.setState(ExperimentState.ARCHIVED).setEnabled(false),
                        Allocation.Kind.ARCHIVED,
                        null));
    }

    private static Arguments full(String what, Consumer<ExperimentDefinition.Builder> change, String variant) {
        return of(what, change, Allocation.Kind.FULL_ROLLOUT, variant);
    }

    private static Arguments targeted(String what, Consumer<ExperimentDefinition.Builder> change) {
        return of(what, change, Allocation.Kind.TARGETED_ROLLOUT, "green");
    }

    private static Arguments running(String what, Consumer<ExperimentDefinition.Builder> change) {
        return of(what, change, Allocation.Kind.RUNNING, null);
    }

    private static Arguments off(String what, Consumer<ExperimentDefinition.Builder> change) {
        return of(what, change, Allocation.Kind.OFF, null);
    }

    private static Arguments of(
            String what, Consumer<ExperimentDefinition.Builder> change, Allocation.Kind kind, String variant) {
        return arguments(what, change, kind, variant);
    }
}
