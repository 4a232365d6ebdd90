package dev.afterglow.streams.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Segment;
import dev.afterglow.contract.VariantWeight;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionFilesTest {

    @Test
    void readsAProjectAndLeavesTheRestToTheDefaultsOfTheContract() {
        // when
        var policy = Yaml.one(ProjectPolicy.class, """
                projects:
                  - project: shop
                    account: acme
                    countingPolicy: daily-unique
                    countedEnvironments: [production, staging]
                    dedupeHorizonHours: 6
                    unknownExperimentsPerDay: 50
                    variantsPerExperiment: 20
                    excludedUnits: [robot-1, qa-*]
                    excludedUserAgents: [acme-monitor]
                    excludeBots: true
                """);

        // then
        assertThat(policy)
                .isEqualTo(ProjectPolicy.newBuilder()
                        .setProject("shop")
                        .setVersion(1)
                        .setEffectiveFrom(Instant.EPOCH)
                        .setAccount("acme")
                        .setCountingPolicy(CountingPolicy.DAILY_UNIQUE)
                        .setCountedEnvironments(List.of("production", "staging"))
                        .setDedupeHorizonHours(6)
                        .setUnknownExperimentsPerDay(50)
                        .setVariantsPerExperiment(20)
                        .setExcludedUnits(List.of("robot-1", "qa-*"))
                        .setExcludedUserAgents(List.of("acme-monitor"))
                        .setExcludeBots(true)
                        .build());
    }

    @Test
    void takesTheDaysOfAPresetAndWhatIsGivenBesideIt() {
        // when
        var policy = Yaml.one(ProjectPolicy.class, """
                projects:
                  - project: shop
                    preset: launchdarkly
                    criticalAfterDays: 9
                """);

        // then
        assertThat(policy.getWarnAfterDays()).isEqualTo(7);
        assertThat(policy.getCriticalAfterDays()).isEqualTo(9);
        assertThat(policy.getIncludeFeatureFlags()).isTrue();
    }

    @Test
    void readsTheCostThatIsCriticalAsPeopleWriteMoney() {
        // when
        var policy = Yaml.one(ProjectPolicy.class, """
                projects:
                  - project: shop
                    preset: launchdarkly
                    criticalCost: 250.50
                """);

        // then
        assertThat(policy.getCriticalCostMicros()).isEqualTo(250_500_000);
        assertThat(policy.getWarnAfterDays()).isEqualTo(7);
    }

    @Test
    void readsAnExperimentWithItsSegments() {
        // when
        var definition = Yaml.one(ExperimentDefinition.class, """
                experiments:
                  - project: shop
                    environment: production
                    experiment: 007
                    version: 3
                    effectiveFrom: 2026-01-31T10:00:00+01:00
                    kind: feature_flag
                    state: Inactive
                    rolloutPercent: 12.5
                    variants: {control: 50, treatment: 50}
                    segments:
                      - name: staff
                        rolloutPercent: 100
                        variants:
                          - {variant: treatment, weight: 1}
                """);

        // then
        assertThat(definition)
                .isEqualTo(ExperimentDefinition.newBuilder()
                        .setProject("shop")
                        .setEnvironment("production")
                        .setExperiment("007")
                        .setVersion(3)
                        .setEffectiveFrom(Instant.parse("2026-01-31T09:00:00Z"))
                        .setKind(ExperimentKind.FEATURE_FLAG)
                        .setState(ExperimentState.INACTIVE)
                        .setRolloutPercent(12.5)
                        .setVariants(List.of(new VariantWeight("control", 50.0), new VariantWeight("treatment", 50.0)))
                        .setSegments(List.of(new Segment("staff", 100.0, List.of(new VariantWeight("treatment", 1.0)))))
                        .build());
    }

    @Test
    void letsAnExperimentHoldFromTheTimeOfApplying() {
        assertThat(Yaml.one(ExperimentDefinition.class, Yaml.EXPERIMENT).getEffectiveFrom())
                .isEqualTo(Yaml.NOW);
    }

    @Test
    void keepsPricesExact() {
        // when
        var plan = Yaml.one(PricePlan.class, """
                pricePlans:
                  - account: acme
                    currency: EUR
                    includedImpressions: 1000
                    effectiveFrom: 2026-02-01
                    tiers:
                      - {upTo: 5000, price: 0.0001}
                      - {priceMicros: 80000, perImpressions: 1000}
                """);

        // then
        assertThat(plan.getTiers())
                .containsExactly(new PriceTier(5000L, 100L, 1L), new PriceTier(null, 80_000L, 1000L));
        assertThat(plan.getEffectiveFrom()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(List.of(plan.getFlatFeeMicros(), plan.getMinimumMicros())).containsExactly(0L, 0L);
        assertThat(plan.getBlockRounding()).isEqualTo(BlockRounding.PRO_RATA);
    }

    @Test
    void readsFeeMinimumAndBlockRounding() {
        // when
        var plan = Yaml.one(PricePlan.class, """
                pricePlans:
                  - account: acme
                    currency: USD
                    flatFee: 150
                    minimum: 199.99
                    blockRounding: up
                    includedImpressions: 5000000
                    tiers:
                      - {price: 0.05, perImpressions: 1000}
                """);

        // then
        assertThat(plan.getFlatFeeMicros()).isEqualTo(150_000_000);
        assertThat(plan.getMinimumMicros()).isEqualTo(199_990_000);
        assertThat(plan.getBlockRounding()).isEqualTo(BlockRounding.UP);
    }

    @Test
    void readsAMoneyBudgetInUnitsOfTheCurrency() {
        // when
        var budget = Yaml.one(Budget.class, Yaml.BUDGET + "    amount: '500.000001'\n");

        // then
        assertThat(budget)
                .isEqualTo(Budget.newBuilder()
                        .setBudgetId("month")
                        .setVersion(1)
                        .setScope(BudgetScope.ACCOUNT)
                        .setAccount("acme")
                        .setUnit(BudgetUnit.MONEY)
                        .setCurrency("EUR")
                        .setAmount(500_000_001L)
                        .build());
    }

    @Test
    void readsAMoneyBudgetInMicroUnits() {
        assertThat(Yaml.one(Budget.class, Yaml.BUDGET + "    amountMicros: 7\n").getAmount())
                .isEqualTo(7);
    }

    @Test
    void readsABudgetOfImpressionsAsItIs() {
        // when
        var budget = Yaml.one(Budget.class, Yaml.BUDGET + "    amount: 7000\n    unit: Impressions\n");

        // then
        assertThat(budget.getAmount()).isEqualTo(7000);
    }

    @Test
    void takesNullForAnythingThatMayBeMissing() {
        assertThat(Yaml.one(ExperimentDefinition.class, Yaml.EXPERIMENT + "    winner: ~\n    run: null\n    goal:\n"))
                .extracting(
                        ExperimentDefinition::getWinner, ExperimentDefinition::getRun, ExperimentDefinition::getGoal)
                .containsOnlyNulls();
    }

    @Test
    void readsSeveralDocumentsAndSendsFirstWhatOthersReferTo() {
        // when
        var definitions = Yaml.read(
                Yaml.BUDGET + "    amount: 1\n---\n" + Yaml.EXPERIMENT + "---\nprojects: [{project: shop}]\n");

        // then
        assertThat(definitions.summary().lines())
                .containsExactly(
                        "project     shop, version 1",
                        "experiment  shop/production/button, version 1",
                        "budget      month, version 1");
    }
}
