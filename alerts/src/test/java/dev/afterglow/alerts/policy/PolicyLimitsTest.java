package dev.afterglow.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ProjectPolicy;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits and exclusions of a policy; what else it has to be is in {@link PolicyHistoryTest}. */
class PolicyLimitsTest {

    @Test
    void givesTheDocumentedDefaults() {
        var policy = PolicyHistory.defaults("shop");

        assertThat(policy.getDedupeHorizonHours()).isEqualTo(24);
        assertThat(policy.getUnknownExperimentsPerDay()).isEqualTo(1000);
        assertThat(policy.getVariantsPerExperiment()).isEqualTo(100);
        assertThat(policy.getExcludedUnits()).isEmpty();
        assertThat(policy.getExcludedUserAgents()).isEmpty();
        assertThat(policy.getExcludeBots()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "168, true", "169, false"})
    void keepsTheHorizonBetweenAnHourAndAWeek(int hours, boolean valid) {
        assertThat(problems(policy -> policy.setDedupeHorizonHours(hours)).isEmpty())
                .isEqualTo(valid);
    }

    @Test
    void namesTheFieldAndTheRangeOfALimit() {
        assertThat(problems(policy -> policy.setDedupeHorizonHours(200)))
                .containsExactly("dedupeHorizonHours is 200: use 1 to 168");
        assertThat(problems(policy -> policy.setUnknownExperimentsPerDay(-1)))
                .containsExactly("unknownExperimentsPerDay is -1: use 0 or more");
        assertThat(problems(policy -> policy.setVariantsPerExperiment(0)))
                .containsExactly("variantsPerExperiment is 0: use 1 or more");
    }

    @Test
    void takesNoCostOfNothingForCritical() {
        assertThat(PolicyHistory.defaults("shop").getCriticalCostMicros()).isNull();
        assertThat(problems(policy -> policy.setCriticalCostMicros(1L))).isEmpty();
        assertThat(problems(policy -> policy.setCriticalCostMicros(0L)))
                .containsExactly(
                        "criticalCostMicros (criticalCost in files) is 0: give more than 0, or leave it out for"
                                + " none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*b", "*a", " "})
    void refusesPatternsOfUnitsThatItDoesNotUnderstand(String unit) {
        assertThat(problems(policy -> policy.setExcludedUnits(List.of(unit))))
                .singleElement()
                .asString()
                .startsWith("excludedUnits");
    }

    @Test
    void takesUnitsByNameAndByPrefix() {
        assertThat(problems(policy -> policy.setExcludedUnits(List.of("u1", "test-*"))))
                .isEmpty();
    }

    @Test
    void refusesAnEmptyPartOfAUserAgentSinceItIsInAllOfThem() {
        assertThat(problems(policy -> policy.setExcludedUserAgents(List.of(""))))
                .containsExactly("excludedUserAgents holds an empty entry: remove it");
    }

    private static List<String> problems(UnaryOperator<ProjectPolicy.Builder> change) {
        var policy = ProjectPolicy.newBuilder(PolicyHistory.defaults("shop")).setVersion(1);
        return PolicyHistory.problems(change.apply(policy).build());
    }
}
