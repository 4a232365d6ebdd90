package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.BlockRounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What holds of any bill; each test over random histories, whose seed a failure names. {@code
 * -Dafterglow.price.histories=1000000} takes more of them, {@code -Dafterglow.seed} others.
 */
class AccountBillPropertyTest {

    private static final int HISTORIES = Integer.getInteger("afterglow.price.histories", 10_000);
    private static final long FIRST_SEED = Long.getLong("afterglow.seed", 0);

    @Test
    void agreesWithAWalkThroughTheImpressionsOneByOne() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given
            var random = new RandomHistory(seed);
            var history = PlanHistory.of(random.plans);

            // when
            var bill = AccountBill.of(history.pricing(random.month), random.usages(history, random.hits));

            // then
            var oracle = new BillOracle(random);
            var all = oracle.walk(true);
            var needed = oracle.walk(false);
            long cost = oracle.owed(all[0]);
            assertThat(bill.costMicros()).as("cost, seed %d", seed).isEqualTo(cost);
            assertThat(bill.usageMicros()).as("usage, seed %d", seed).isEqualTo(BillOracle.rounded(all[0]));
            assertThat(bill.wastedMicros())
                    .as("waste, seed %d", seed)
                    .isEqualTo(Math.max(0, cost - oracle.owed(needed[0])));
            assertThat(bill.impressions()).as("impressions, seed %d", seed).isEqualTo(all[1]);
            assertThat(bill.unpricedImpressions()).as("unpriced, seed %d", seed).isEqualTo(all[2]);
        }
    }

    @Test
    void sumsToTheWholeAtEveryRevision() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given impressions in the order of their arrival, and a plan more in their midst
            var random = new RandomHistory(seed);
            var arrived = new ArrayList<>(random.hits);
            Collections.shuffle(arrived, random.random);
            var known = random.plans.subList(0, random.plans.isEmpty() ? 0 : random.plans.size() - 1);
            var first = PlanHistory.of(known);
            var later = PlanHistory.of(random.plans);

            for (int revision = 1; revision <= 4; revision++) {
                // when
                var history = revision <= 2 ? first : later;
                var soFar = arrived.subList(0, arrived.size() * revision / 4);
                var bill = AccountBill.of(history.pricing(random.month), random.usages(history, soFar));

                // then
                long[] sums = new long[5];
                for (var share : bill.shares()) {
                    sums[0] += share.costMicros();
                    sums[1] += share.wastedMicros();
                    sums[2] += share.impressions();
                    sums[3] += share.leftoverImpressions();
                    sums[4] += share.usageMicros();
                }
                // What is owed without an impression is nobody's part.
                assertThat(sums)
                        .as("seed %d, revision %d", seed, revision)
                        .containsExactly(
                                bill.impressions() == 0 ? 0 : bill.costMicros(),
                                bill.wastedMicros(),
                                bill.impressions(),
                                bill.leftoverImpressions(),
                                bill.usageMicros());
                assertThat(bill.wastedMicros())
                        .as("seed %d, revision %d", seed, revision)
                        .isBetween(0L, bill.costMicros());
            }
        }
    }

    @Test
    void neverFallsWithVolumeUnderOnePlan() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given
            var random = new RandomHistory(seed);
            if (random.plans.isEmpty()) {
                continue;
            }
            var history = PlanHistory.of(random.plans.subList(0, 1));
            long before = 0;
            for (int hits = 0; hits <= random.hits.size(); hits += 1 + random.random.nextInt(60)) {
                // when
                var usages = random.usages(history, random.hits.subList(0, hits));
                long cost =
                        AccountBill.of(history.pricing(random.month), usages).costMicros();

                // then
                assertThat(cost).as("seed %d, %d impressions", seed, hits).isGreaterThanOrEqualTo(before);
                before = cost;
            }
        }
    }

    @Test
    void pricesPartsOfBlocksExactlyWhereverTheyAreCut() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given
            var random = new RandomHistory(seed);
            if (random.plans.isEmpty()) {
                continue;
            }
            var schedule = PriceSchedule.of(random.plans.get(0));
            long end = random.random.nextInt(100_000);
            long middle = random.random.nextLong(end + 1);

            // when
            var whole = schedule.cost(0, end);
            var pieces = schedule.cost(0, middle).plus(schedule.cost(middle, end));

            // then nothing is lost between them, to a fraction of a micro-unit
            assertThat(pieces.numerator().multiply(whole.denominator()))
                    .as("seed %d, cut at %d of %d", seed, middle, end)
                    .isEqualTo(whole.numerator().multiply(pieces.denominator()));
        }
    }

    @Test
    void isExactOrSaysThatItDoesNotFit() {
        int tooLarge = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given a price and volumes of any size up to 63 bits, and any fee that is allowed
            var random = new Random(seed);
            long price = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
            long block = 1 + (random.nextLong(Long.MAX_VALUE) >> random.nextInt(63));
            long first = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
            long second = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
            boolean whole = random.nextBoolean();
            long fee = random.nextBoolean() ? 0 : random.nextLong(PricePlanRules.MOST_MICROS) >> random.nextInt(50);
            long minimum = random.nextBoolean() ? 0 : random.nextLong(PricePlanRules.MOST_MICROS) >> random.nextInt(50);
            var plan = Plans.builder(Plans.always(0, Plans.rest(price, block)))
                    .setBlockRounding(whole ? BlockRounding.UP : BlockRounding.PRO_RATA)
                    .setFlatFeeMicros(fee)
                    .setMinimumMicros(minimum)
                    .build();
            var pricing = PlanHistory.of(List.of(plan)).pricing(YearMonth.of(2026, 11));
            var usages = List.of(
                    new Usage<>("first", List.of(first), List.of()), new Usage<>("second", List.of(second), List.of()));

            // when, then
            var sum = BigInteger.valueOf(first).add(BigInteger.valueOf(second));
            var blocks = new BigDecimal(sum).divide(BigDecimal.valueOf(block), 0, RoundingMode.CEILING);
            var usage = whole
                    ? blocks.multiply(BigDecimal.valueOf(price))
                    : new BigDecimal(sum)
                            .multiply(BigDecimal.valueOf(price))
                            .divide(BigDecimal.valueOf(block), 0, RoundingMode.HALF_UP);
            var owed = usage.add(BigDecimal.valueOf(fee))
                    .max(BigDecimal.valueOf(minimum))
                    .toBigInteger();
            if (sum.bitLength() > 63 || owed.bitLength() > 63) {
                tooLarge++;
                assertThatThrownBy(() -> AccountBill.of(pricing, usages))
                        .as("seed %d", seed)
                        .isInstanceOf(ArithmeticException.class)
                        .hasMessageContaining("fit 64 bits")
                        .hasMessageContaining(sum.bitLength() > 63 ? "impressions" : owed.toString());
            } else {
                assertThat(AccountBill.of(pricing, usages).costMicros())
                        .as("seed %d", seed)
                        .isEqualTo(owed.longValueExact());
            }
        }
        assertThat(tooLarge).isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
    }

    @Test
    void doesNotDependOnTheOrder() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given
            var random = new RandomHistory(seed);
            var history = PlanHistory.of(random.plans);
            var bill = AccountBill.of(history.pricing(random.month), random.usages(history, random.hits));

            // when plans, impressions and experiments come in another order
            var plans = new ArrayList<>(random.plans);
            var hits = new ArrayList<>(random.hits);
            Collections.shuffle(plans, random.random);
            Collections.shuffle(hits, random.random);
            var shuffled = PlanHistory.of(plans);
            var usages = new ArrayList<>(random.usages(shuffled, hits));
            Collections.shuffle(usages, random.random);
            var other = AccountBill.of(shuffled.pricing(random.month), usages);

            // then the account owes the same, and no share moves by more than the one unit of a tie
            assertThat(shuffled.fingerprint()).as("seed %d", seed).isEqualTo(history.fingerprint());
            assertThat(with(other, bill.planVersion(), List.of()))
                    .as("seed %d", seed)
                    .isEqualTo(with(bill, bill.planVersion(), List.of()));
            assertThat(other.planVersion()).as("version, seed %d", seed).isEqualTo(bill.planVersion());
            var costs = new HashMap<Integer, Long>();
            bill.shares().forEach(share -> costs.put(share.key(), share.costMicros()));
            for (var share : other.shares()) {
                assertThat(Math.abs(share.costMicros() - costs.get(share.key())))
                        .as("seed %d, experiment %d", seed, share.key())
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void neverFallsWhenMoreComesAfterTheLastChangeOfPlan() {
        // More before a change may make the rest cheaper, by moving it into a cheaper tier of the new plan.
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given
            var random = new RandomHistory(seed);
            var pricing = PlanHistory.of(random.plans).pricing(random.month);
            var impressions =
                    random.random.longs(pricing.segments().size(), 0, 200).toArray();
            var before = pricing.cost(impressions);

            // when
            impressions[impressions.length - 1] += 1 + random.random.nextInt(100);

            // then
            assertThat(pricing.cost(impressions).rounded())
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(before.rounded());
        }
    }

    @Test
    void costsTheSameInHoweverManyVersionsTheSamePricesAreGiven() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            // given a plan, and the same prices announced again and again in mid-period
            var random = new RandomHistory(seed);
            if (random.plans.isEmpty()) {
                continue;
            }
            var first = random.plans.get(0);
            var copies = new ArrayList<>(List.of(first));
            for (long version = 2; version < 5; version++) {
                var later = first.getEffectiveFrom().plusSeconds(random.random.nextInt(20 * 86_400));
                copies.add(Plans.builder(first)
                        .setVersion(version)
                        .setEffectiveFrom(later)
                        .build());
            }
            var one = PlanHistory.of(List.of(first));
            var many = PlanHistory.of(copies);

            // when
            var whole = AccountBill.of(one.pricing(random.month), random.usages(one, random.hits));
            var pieces = AccountBill.of(many.pricing(random.month), random.usages(many, random.hits));

            // then
            assertThat(with(pieces, whole.planVersion(), pieces.shares()))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void neverCallsAFeeOrWhatTheMinimumCoversWaste() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            var random = new RandomHistory(seed);
            if (!random.charges) {
                continue;
            }
            // given
            var history = PlanHistory.of(random.plans);
            var pricing = history.pricing(random.month);
            var usages = random.usages(history, random.hits);
            var without = random.plans.stream()
                    .map(plan -> Plans.builder(plan)
                            .setFlatFeeMicros(0)
                            .setMinimumMicros(0)
                            .build())
                    .toList();

            // when
            var bill = AccountBill.of(pricing, usages);
            var plain = AccountBill.of(PlanHistory.of(without).pricing(random.month), usages);

            // then, but for what is rounded, no more is wasted than without them, nor than is beyond the minimum
            long least = pricing.cost(new long[pricing.segments().size()]).rounded();
            assertThat(bill.wastedMicros())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(1 + Math.min(plain.wastedMicros(), bill.costMicros() - least));
            assertThat(bill.usageMicros()).as("usage, seed %d", seed).isEqualTo(plain.costMicros());
        }
    }

    @Test
    void tellsWhatTheNextImpressionAdds() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            var random = new RandomHistory(seed);
            if (!random.charges) {
                continue;
            }
            // given
            var pricing = PlanHistory.of(random.plans).pricing(random.month);
            int last = pricing.segments().size() - 1;
            var impressions = random.random.longs(last + 1, 0, 100).toArray();
            var marginal = pricing.marginalAt(last, impressions);
            var before = pricing.cost(impressions);
            boolean covered = before.compareTo(pricing.cost(new long[last + 1])) == 0;
            boolean whole = random.isWhole(pricing.segments().get(last));

            // when
            impressions[last]++;
            var more = pricing.cost(impressions).less(before);

            // then a part of it may be covered by the rest of the minimum; whole blocks cost it on average
            if (marginal.equals(MarginalPrice.FREE)) {
                assertThat(more).as("seed %d", seed).isEqualByComparingTo(ExactMicros.ZERO);
            } else if (!whole && covered) {
                assertThat(more).as("seed %d", seed).isLessThanOrEqualTo(marginal.times(1));
                assertThat(more.isZero()).as("seed %d", seed).isEqualTo(marginal.micros() == 0);
            } else if (!whole) {
                assertThat(more).as("seed %d", seed).isEqualByComparingTo(marginal.times(1));
            }
        }
    }

    @Test
    void putsEveryQuarterHourIntoOneSegmentOfOneMonth() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            var random = new RandomHistory(seed);
            var history = PlanHistory.of(random.plans);
            var pricings = new HashMap<YearMonth, PeriodPricing>();
            for (var hit : random.hits) {
                var month = history.periodOf(hit.quarter()).month();
                var pricing = pricings.computeIfAbsent(month, history::pricing);
                var segment = pricing.segments().get(pricing.segmentOf(hit.quarter()));
                assertThat(segment.schedule().map(PriceSchedule::version))
                        .as("seed %d, %s", seed, hit.quarter())
                        .isEqualTo(history.inForce(hit.quarter()).map(PriceSchedule::version));
            }
        }
    }

    private static AccountBill<Integer> with(
            AccountBill<Integer> bill, Long planVersion, List<AccountBill.Share<Integer>> shares) {
        return new AccountBill<>(
                bill.currency(),
                bill.impressions(),
                bill.costMicros(),
                bill.usageMicros(),
                bill.leftoverImpressions(),
                bill.wastedMicros(),
                bill.unpricedImpressions(),
                planVersion,
                bill.marginal(),
                shares);
    }
}
