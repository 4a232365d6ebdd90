package dev.afterglow.alerts.money;

import static dev.afterglow.alerts.money.Plans.rest;
import static dev.afterglow.alerts.money.Plans.tier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A failure of a random account names its seed. */
class SwitchOffTest {

    private static final int ACCOUNTS = 500;
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** Twenty days before the end of November. */
    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @Test
    void takesOffWhatTheLastImpressionsCost() {
        // given 1,000 a day, 400 of them of leftovers; from 25,000 on an impression costs a fifth
        var account = new Account(Plans.always(0, tier(25_000, 10, 1), rest(2, 1)));
        IntStream.range(0, 10).forEach(day -> account.add(0, day * 96, 400).add(1, day * 96, 600));

        // when 20 days are left: 8,000 impressions are not made, and 5,000 of 30,000 are cheap
        var off = account.switchOff(account.whole(), 0);

        // then
        assertThat(off.impressions()).isEqualTo(8_000);
        assertThat(off.savingMicros()).isEqualTo(3_000 * 10 + 5_000 * 2);
        assertThat(off.partMicros()).isEqualTo(off.savingMicros());
    }

    @Test
    void savesNothingWithinTheIncludedQuota() {
        var account = new Account(Plans.always(1_000_000, rest(10, 1)));
        IntStream.range(0, 10).forEach(day -> account.add(0, day * 96, 400));

        var off = account.switchOff(account.whole(), 0);

        assertThat(off.impressions()).isEqualTo(8_000);
        assertThat(off.savingMicros()).isZero();
    }

    @Test
    void takesOffAPartOfTheAccountWhatItWouldHavePaid() {
        // given a part that has 500 of 1,000 a day, 400 of them of a leftover
        var account = new Account(Plans.always(10_000, rest(10, 1)));
        IntStream.range(0, 10)
                .forEach(day ->
                        account.add(0, day * 96, 400).add(1, day * 96, 100).add(2, day * 96, 500));

        // when
        var off = account.switchOff(account.part(0, 1), 0);

        // then it pays a half of 20,000 charged impressions, or (5,000 + 2,000) / 22,000 of 12,000
        assertThat(off.savingMicros()).isEqualTo(80_000);
        assertThat(off.partMicros()).isEqualTo(100_000 - 120_000L * 7_000 / 22_000);
    }

    @Test
    void savesNothingWhenThePeriodIsOver() {
        var account = new Account(Plans.always(0, rest(10, 1)));
        IntStream.range(0, 10).forEach(day -> account.add(0, day * 96, 400));
        account.now = START.plus(Duration.ofDays(30));

        assertThat(account.switchOff(account.whole(), 0)).isEqualTo(new SwitchOff(0, 0, 0));
    }

    @Test
    void savesOfOneExperimentWhatItsCleanUpAlertSays() {
        for (long seed = 0; seed < ACCOUNTS; seed++) {
            // given
            var account = new Account(new Random(seed));

            // when
            var off = account.switchOff(account.whole(), 0);

            // then
            assertThat(off.savingMicros())
                    .as("seed %d", seed)
                    .isEqualTo(account.outlook(0).savingMicros());
        }
    }

    @Test
    void savesNoLessThanNothingAndNoMoreThanTheRestCosts() {
        for (long seed = 0; seed < ACCOUNTS; seed++) {
            // given
            var random = new Random(seed);
            var account = new Account(random);
            var some = IntStream.range(0, Account.EXPERIMENTS)
                    .filter(i -> random.nextBoolean())
                    .toArray();

            // when
            var off = account.switchOff(account.whole(), some);

            // then
            assertThat(off.savingMicros()).as("seed %d", seed).isBetween(0L, account.restMicros(some));
            assertThat(off.partMicros()).as("whole account, seed %d", seed).isEqualTo(off.savingMicros());
            assertThat(account.switchOff(account.part(some), some).partMicros())
                    .as("of a part, seed %d", seed)
                    .isNotNegative();
        }
    }

    /** Traffic of the experiments of one account, by the quarter-hour of November. */
    private static final class Account {
        static final int EXPERIMENTS = 5;

        private final PricePlan plan;
        private final PeriodPricing pricing;
        private final long[][] quarters;
        private Instant now = NOW;

        Account(PricePlan plan) {
            this.plan = plan;
            pricing = PlanHistory.of(List.of(plan)).pricing(YearMonth.of(2026, 11));
            quarters = new long[EXPERIMENTS][PeriodUsage.quartersOf(pricing)];
        }

        /** Traffic up to some full hour, under a plan of two tiers, the second of which is cheaper. */
        Account(Random random) {
            this(Plans.always(random.nextInt(3) * 10_000L, tier(50_000 + random.nextInt(50_000), 12, 1), rest(5, 3)));
            now = START.plus(Duration.ofHours(24 * 8 + random.nextInt(24 * 20)));
            int end = (int) Duration.between(START, now).dividedBy(UtcGrid.QUARTER);
            for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
                int first = random.nextInt(end);
                for (int i = 0; i < 50; i++) {
                    add(experiment, first + random.nextInt(end - first), random.nextInt(1_000));
                }
            }
        }

        Account add(int experiment, int quarter, long impressions) {
            quarters[experiment][quarter] += impressions;
            return this;
        }

        SwitchOff switchOff(SwitchOff.Part part, int... stopped) {
            return SwitchOff.of(
                    usage(),
                    pricing,
                    week(),
                    part,
                    IntStream.of(stopped)
                            .mapToObj(i -> new SwitchOff.Stopped(
                                    week(i).impressions(), week(i).impressions(), now.minus(AccountWeek.LENGTH)))
                            .toList());
        }

        SwitchOff.Part whole() {
            return part(IntStream.range(0, EXPERIMENTS).toArray());
        }

        SwitchOff.Part part(int... members) {
            var usage = new PeriodUsage(pricing, sum(members));
            return new SwitchOff.Part(
                    usage.impressions(now), usage.priced(now), week(members).impressions());
        }

        /** What the account pays more until the end of the month, as it goes on. */
        long restMicros(int... stopped) {
            long left = Duration.between(now, pricing.end()).dividedBy(UtcGrid.QUARTER);
            long ofStopped = IntStream.of(stopped)
                    .mapToLong(i -> week(i).impressions() * left / AccountWeek.quarters())
                    .sum();
            long others = week().impressions()
                    - IntStream.of(stopped)
                            .mapToLong(i -> week(i).impressions())
                            .sum();
            long used = usage().impressions(now);
            long all = used + ofStopped + (others == 0 ? 0 : others * left / week().length());
            return pricing.cost(new long[] {all}).rounded()
                    - pricing.cost(new long[] {used}).rounded();
        }

        Outlook outlook(int experiment) {
            var books = new FakeBooks().plan("default", plan);
            var own = new FakeBooks();
            long[] all = usageOf();
            for (int i = 0; i < all.length; i++) {
                var quarter = START.plus(UtcGrid.QUARTER.multipliedBy(i));
                books.add("default", quarter, all[i]);
                own.add("own", quarter, quarters[experiment][i]);
            }
            return new ExperimentMoney(
                            new ProjectAccounts(PolicyHistory.empty("shop"), books),
                            (from, to) -> own.impressions("own", from, to))
                    .outlook(START, now)
                    .orElseThrow();
        }

        private long[] usageOf() {
            return sum(IntStream.range(0, EXPERIMENTS).toArray());
        }

        private PeriodUsage usage() {
            return new PeriodUsage(pricing, usageOf());
        }

        private AccountWeek week() {
            return week(IntStream.range(0, EXPERIMENTS).toArray());
        }

        private AccountWeek week(int... members) {
            int end = (int) Duration.between(START, now).dividedBy(UtcGrid.QUARTER);
            return AccountWeek.of(Arrays.copyOfRange(sum(members), end - AccountWeek.quarters(), end), now);
        }

        private long[] sum(int... members) {
            long[] sum = new long[quarters[0].length];
            for (int member : members) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += quarters[member][i];
                }
            }
            return sum;
        }
    }
}
