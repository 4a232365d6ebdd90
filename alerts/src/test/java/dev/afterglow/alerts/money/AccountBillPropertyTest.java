package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.PricePlan;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
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
            var all = walk(random, true);
            var needed = walk(random, false);
            long cost = halfUp(all[0]);
            assertThat(bill.costMicros()).as("cost, seed %d", seed).isEqualTo(cost);
            assertThat(bill.wastedMicros()).as("waste, seed %d", seed).isEqualTo(Math.max(0, cost - halfUp(needed[0])));
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
                long[] sums = new long[4];
                for (var share : bill.shares()) {
                    sums[0] += share.costMicros();
                    sums[1] += share.wastedMicros();
                    sums[2] += share.impressions();
                    sums[3] += share.leftoverImpressions();
                }
                assertThat(sums)
                        .as("seed %d, revision %d", seed, revision)
                        .containsExactly(
                                bill.costMicros(), bill.wastedMicros(), bill.impressions(), bill.leftoverImpressions());
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
            // given a price and volumes of any size up to 63 bits
            var random = new Random(seed);
            long price = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
            long block = 1 + (random.nextLong(Long.MAX_VALUE) >> random.nextInt(63));
            long first = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
            long second = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
            var pricing = PlanHistory.of(List.of(Plans.always(0, Plans.rest(price, block))))
                    .pricing(YearMonth.of(2026, 11));
            var usages = List.of(
                    new Usage<>("first", List.of(first), List.of()), new Usage<>("second", List.of(second), List.of()));

            // when, then
            var sum = BigInteger.valueOf(first).add(BigInteger.valueOf(second));
            var cost = new ExactMicros(sum.multiply(BigInteger.valueOf(price)), BigInteger.valueOf(block));
            var whole = cost.numerator()
                    .shiftLeft(1)
                    .add(cost.denominator())
                    .divide(cost.denominator().shiftLeft(1));
            if (sum.bitLength() > 63 || whole.bitLength() > 63) {
                tooLarge++;
                assertThatThrownBy(() -> AccountBill.of(pricing, usages))
                        .as("seed %d", seed)
                        .isInstanceOf(ArithmeticException.class)
                        .hasMessageContaining("fit 64 bits")
                        .hasMessageContaining(sum.bitLength() > 63 ? "impressions" : whole.toString());
            } else {
                assertThat(AccountBill.of(pricing, usages).costMicros())
                        .as("seed %d", seed)
                        .isEqualTo(whole.longValueExact());
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
                bill.leftoverImpressions(),
                bill.wastedMicros(),
                bill.unpricedImpressions(),
                planVersion,
                bill.marginal(),
                shares);
    }

    /** The oracle: scaled cost, impressions and unpriced impressions of the month, one impression after the other. */
    private static long[] walk(RandomHistory random, boolean leftoversToo) {
        long[] result = new long[3];
        long position = 0;
        for (var hit : random.hits) {
            var plan = inForce(random.plans, hit.quarter());
            var zone = plan == null ? ZoneId.of("UTC") : ZoneId.of(plan.getZone());
            boolean counts = leftoversToo || !hit.leftover();
            if (counts && YearMonth.from(hit.quarter().atZone(zone)).equals(random.month)) {
                result[1]++;
                result[2] += plan == null ? 1 : 0;
                result[0] += plan == null ? 0 : scaledPrice(plan, ++position);
            }
        }
        return result;
    }

    private static PricePlan inForce(List<PricePlan> plans, Instant quarter) {
        PricePlan best = null;
        for (var plan : plans) {
            long ceiling = -Math.floorDiv(-plan.getEffectiveFrom().toEpochMilli(), 900_000L) * 900_000L;
            long bestCeiling = best == null
                    ? Long.MIN_VALUE
                    : -Math.floorDiv(-best.getEffectiveFrom().toEpochMilli(), 900_000L) * 900_000L;
            boolean begun = ceiling <= quarter.toEpochMilli();
            if (begun && (ceiling > bestCeiling || ceiling == bestCeiling && plan.getVersion() > best.getVersion())) {
                best = plan;
            }
        }
        return best;
    }

    private static long scaledPrice(PricePlan plan, long position) {
        if (position <= plan.getIncludedImpressions()) {
            return 0;
        }
        for (var tier : plan.getTiers()) {
            if (tier.getUpTo() == null || position <= tier.getUpTo()) {
                return tier.getPriceMicros() * (RandomHistory.SCALE / tier.getPerImpressions());
            }
        }
        throw new AssertionError("no tier for " + position);
    }

    private static long halfUp(long scaled) {
        return (scaled + RandomHistory.SCALE / 2) / RandomHistory.SCALE;
    }
}
