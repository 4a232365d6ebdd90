package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.PeriodFigures;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After each publication the newest shares of a period sum exactly to its newest total, whatever happened before. */
class CostConservationTest {

    private final Map<String, ExperimentCost> shares = new HashMap<>();
    private final Map<String, AccountCost> accounts = new HashMap<>();
    private final Map<String, long[]> used = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 7, 2026})
    void sharesSumToTheTotalAfterEachPublication(long seed) {
        var random = new Random(seed);
        var now = NOON;
        long sent = 0;
        try (var cost = new CostBench()) {
            for (int round = 0; round < 30; round++) {
                // given
                for (int i = random.nextInt(5); i >= 0; i--) {
                    sent += use(cost, random);
                }
                if (random.nextInt(6) == 0) {
                    cost.accounts.add(plan(1 + round, random));
                }

                now = now.plus(Duration.ofDays(random.nextInt(15)));
                cost.watermark(now);

                // when
                cost.publish();
                cost.driver.read(cost.topics.costs()).forEach(record -> shares.put(record.key(), record.value()));
                cost.driver.read(cost.topics.accountCosts()).forEach(this::keep);

                // then
                assertThat(accounts.values().stream()
                                .mapToLong(AccountCost::getImpressions)
                                .sum())
                        .describedAs("seed %d, round %d: impressions of all periods", seed, round)
                        .isEqualTo(sent);
                accounts.forEach((key, account) -> assertThat(sumOf(key))
                        .describedAs("seed %d, period %s: impressions, cost, leftovers, waste", seed, key)
                        .containsExactly(
                                account.getImpressions(),
                                account.getImpressions() == 0 ? 0 : account.getCostMicros(),
                                account.getLeftoverImpressions(),
                                account.getWastedMicros()));
                accounts.forEach((key, account) -> assertThat(finalSumOf(key))
                        .describedAs("seed %d, period %s: final impressions, cost, leftovers, waste", seed, key)
                        .isEqualTo(shared(figures(account.getFinalFigures()))));
            }
        }
    }

    /** Adds usage, or takes back some of what was added; gives by how many impressions. */
    private long use(CostBench cost, Random random) {
        var experiment = "e" + random.nextInt(6);
        var quarter = NOON.plus(Duration.ofMinutes(15L * random.nextInt(96 * 60)));
        long[] before = used.computeIfAbsent(experiment + quarter, key -> new long[2]);
        long impressions = random.nextInt(2000);
        long leftover = impressions == 0 ? 0 : random.nextLong(impressions + 1);
        cost.use(
                experiment,
                "team-" + random.nextInt(2),
                new UsageQuarter(quarter, impressions - before[0], leftover - before[1]));
        long change = impressions - before[0];
        used.put(experiment + quarter, new long[] {impressions, leftover});
        return change;
    }

    private static PricePlan.Builder plan(long version, Random random) {
        return FakeAccounts.plan("acme", version, 1)
                .setEffectiveFrom(NOON.plus(Duration.ofDays(random.nextInt(60) - 10)))
                .setZone(random.nextBoolean() ? "UTC" : "Asia/Kathmandu")
                .setIncludedImpressions(random.nextInt(3000))
                .setTiers(List.of(
                        new PriceTier(10_000L, (long) random.nextInt(100), 7L),
                        new PriceTier(null, (long) random.nextInt(1000), 1000L)))
                .setBlockRounding(random.nextBoolean() ? BlockRounding.UP : BlockRounding.PRO_RATA)
                .setFlatFeeMicros(random.nextInt(20_000))
                .setMinimumMicros(random.nextInt(40_000));
    }

    private void keep(TestRecord<String, AccountCost> record) {
        var before = accounts.put(record.key(), record.value());
        assertThat(record.value().getRevision()).isEqualTo(before == null ? 1 : before.getRevision() + 1);
    }

    private List<Long> finalSumOf(String period) {
        return shares.entrySet().stream()
                .filter(share -> share.getKey().startsWith(period + "/"))
                .map(share -> figures(share.getValue().getFinalFigures()))
                .reduce(
                        figures(null),
                        (one, other) -> List.of(
                                one.get(0) + other.get(0),
                                one.get(1) + other.get(1),
                                one.get(2) + other.get(2),
                                one.get(3) + other.get(3)));
    }

    /** What was owed for no impressions is nobody's share. */
    private static List<Long> shared(List<Long> figures) {
        return figures.get(0) == 0 ? figures(null) : figures;
    }

    private static List<Long> figures(PeriodFigures figures) {
        return figures == null
                ? List.of(0L, 0L, 0L, 0L)
                : List.of(
                        figures.getImpressions(),
                        figures.getCostMicros(),
                        figures.getLeftoverImpressions(),
                        figures.getWastedMicros());
    }

    private long[] sumOf(String period) {
        var sums = new long[4];
        shares.forEach((key, share) -> {
            if (key.startsWith(period + "/")) {
                sums[0] += share.getImpressions();
                sums[1] += share.getCostMicros();
                sums[2] += share.getLeftoverImpressions();
                sums[3] += share.getWastedMicros();
            }
        });
        return sums;
    }
}
