package dev.afterglow.alerts.money;

import static dev.afterglow.alerts.money.Plans.plan;
import static dev.afterglow.alerts.money.Plans.rest;
import static dev.afterglow.alerts.money.Plans.tier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExperimentMoneyTest {

    private static final String OWN = "the experiment";
    /** Twenty days before the end of November. */
    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");

    private final FakeBooks books = new FakeBooks();
    private PolicyHistory policies = PolicyHistory.empty("shop");

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @Test
    void hasNoAnswerWithoutAPricePlan() {
        used("2026-11-01T00:00:00Z", 10, 20);

        assertThat(money().cost(at("2026-11-01T00:00:00Z"), NOW)).isEmpty();
        assertThat(money().outlook(at("2026-11-01T00:00:00Z"), NOW)).isEmpty();
        assertThat(money().costOfMore(NOW, 5)).isEmpty();
        assertThat(money().marginalAt(NOW)).isEqualTo(MarginalPrice.FREE);
        assertThat(money().isPriced(NOW)).isFalse();
    }

    @Test
    void paysItsShareOfWhatTheAccountHasUsedSoFar() {
        // given 300 of the 400 impressions are charged
        priced(Plans.always(100, rest(10, 1)));
        used("2026-11-01T00:00:00Z", 100, 300);

        // then
        assertThat(money().cost(at("2026-11-01T00:00:00Z"), NOW)).contains(new Amount(300 * 10 * 100 / 400, "USD"));
    }

    @Test
    void paysOnlyForTheStretchAskedFor() {
        priced(Plans.always(0, rest(10, 1)));
        used("2026-11-01T00:00:00Z", 100, 300);
        used("2026-11-02T00:00:00Z", 7, 0);

        assertThat(money().cost(at("2026-11-01T00:15:00Z"), NOW)).contains(new Amount(70, "USD"));
    }

    @Test
    void looksAtNothingAfterTheEnd() {
        priced(Plans.always(100, rest(10, 1)));
        used("2026-11-01T00:00:00Z", 60, 0);
        used("2026-11-12T00:00:00Z", 1_000, 1_000);

        assertThat(money().cost(at("2026-11-01T00:00:00Z"), NOW)).contains(new Amount(0, "USD"));
    }

    @Test
    void isTheShareOfTheBillWherePeriodsAreWhole() {
        // given
        var postHog = Plans.postHog();
        priced(postHog);
        used("2026-09-03T10:00:00Z", 123_457, 3_000_001);
        used("2026-10-03T10:00:00Z", 1, 400_000);
        used("2026-11-01T00:00:00Z", 1_999, 5_000_000);

        // then
        long billed = bill(postHog, "2026-09", 123_457, 3_000_001)
                + bill(postHog, "2026-10", 1, 400_000)
                + bill(postHog, "2026-11", 1_999, 5_000_000);
        var cost = money().cost(
                        at("2026-09-01T00:00:00Z"), at("2026-12-01T00:00:00Z").minusSeconds(3600));
        assertThat(cost.orElseThrow().micros()).isEqualTo(billed);
    }

    @Test
    void endsPeriodsAtTheMidnightOfTheZoneInsideAnHour() {
        // given November begins at 18:15 UTC in Kathmandu
        priced(plan(1, "2020-01-01T00:00:00Z", "Asia/Kathmandu", 100, rest(10, 1)));
        used("2026-10-31T18:00:00Z", 100, 0);
        used("2026-10-31T18:15:00Z", 100, 0);
        used("2026-10-31T18:30:00Z", 50, 0);

        // then each month has its quota
        assertThat(money().cost(at("2026-10-31T00:00:00Z"), NOW)).contains(new Amount(500, "USD"));
    }

    @Test
    void neverTakesTheAccountToHaveUsedLessThanTheExperiment() {
        // given the account is known by the hour: 3/4 of which are taken to be after the boundary at 18:15
        var hours = new AccountHours();
        hours.add("default", at("2026-10-31T18:00:00Z"), 1_000);
        priced(plan(1, "2020-01-01T00:00:00Z", "Asia/Kathmandu", 0, rest(10, 1)));
        books.add(OWN, at("2026-10-31T18:30:00Z"), 1_000);
        var byTheHour = new ProjectAccounts(policies, new AccountBooks() {
            @Override
            public PlanHistory plans(String account) {
                return books.plans(account);
            }

            @Override
            public long impressions(String account, Instant from, Instant to) {
                return hours.impressions(account, from, to);
            }
        });

        // then
        assertThat(new ExperimentMoney(byTheHour, (from, to) -> books.impressions(OWN, from, to))
                        .cost(at("2026-10-31T00:00:00Z"), NOW))
                .contains(new Amount(10_000, "USD"));
    }

    @Test
    void paysByThePlanOfItsTime() {
        priced(
                plan(1, "2020-01-01T00:00:00Z", "UTC", 0, rest(10, 1)),
                plan(2, "2026-11-05T00:00:00Z", "UTC", 0, rest(20, 1)));
        used("2026-11-04T23:45:00Z", 100, 0);
        used("2026-11-05T00:00:00Z", 100, 0);

        // Shares of a period are by impressions, whenever in it they were made.
        assertThat(money().cost(at("2026-11-05T00:00:00Z"), NOW)).contains(new Amount(1_500, "USD"));
    }

    @Test
    void costsNothingBeforeTheFirstPlan() {
        priced(plan(1, "2026-11-05T00:00:00Z", "UTC", 0, rest(10, 1)));
        used("2026-11-04T23:45:00Z", 100, 0);
        used("2026-11-05T00:00:00Z", 7, 0);

        assertThat(money().cost(at("2026-10-01T00:00:00Z"), NOW)).contains(new Amount(70, "USD"));
    }

    @Test
    void leavesOutWhatWasBilledInAnotherCurrency() {
        priced(
                plan(1, "2020-01-01T00:00:00Z", "UTC", 0, rest(10, 1)),
                Plans.in("EUR", plan(2, "2026-11-01T00:00:00Z", "UTC", 0, rest(9, 1))));
        used("2026-10-31T00:00:00Z", 100, 0);
        used("2026-11-01T00:00:00Z", 100, 0);

        assertThat(money().cost(at("2026-10-01T00:00:00Z"), NOW)).contains(new Amount(900, "EUR"));
        assertThat(money().cost(at("2026-10-01T00:00:00Z"), at("2026-10-31T23:00:00Z")))
                .contains(new Amount(1_000, "USD"));
    }

    @Test
    void isPaidByTheAccountOfItsTime() {
        // given the project moves at 10:20, from the next full hour on
        policies =
                policies.with(policy(1, Instant.EPOCH, "first")).with(policy(2, at("2026-11-03T10:20:00Z"), "second"));
        books.plan("first", Plans.always(0, rest(10, 1))).plan("second", Plans.always(0, rest(1_000, 1)));
        for (var quarter : List.of("2026-11-03T10:45:00Z", "2026-11-03T11:00:00Z")) {
            books.add(OWN, at(quarter), 3).add("first", at(quarter), 3).add("second", at(quarter), 3);
        }

        // then
        assertThat(money().cost(at("2026-11-01T00:00:00Z"), NOW)).contains(new Amount(3 * 10 + 3 * 1_000, "USD"));
    }

    @Test
    void goesOnAtTheRateOfTheLastSevenDays() {
        // given 24 a day in a month of which 20 days are left, and then December
        priced(Plans.always(0, rest(1_000_000, 1)));
        hourly("2026-10-01T00:00:00Z", "2026-11-04T00:00:00Z", 99, 99);
        hourly("2026-11-04T00:00:00Z", "2026-11-11T00:00:00Z", 1, 2);

        // when
        var ahead = outlook("2026-10-01T00:00:00Z");

        // then
        assertThat(ahead.month()).hasToString("2026-11");
        assertThat(ahead.restMicros()).isEqualTo(20 * 24 * 1_000_000L);
        assertThat(ahead.nextMicros()).hasValue(31 * 24 * 1_000_000L);
        assertThat(ahead.savingMicros()).isEqualTo(20 * 24 * 1_000_000L);
        assertThat(ahead.included()).isFalse();
    }

    @Test
    void goesOnAtTheRateOfTheTimeInWhichItHasBeenInItsState() {
        priced(Plans.always(0, rest(1_000_000, 1)));
        hourly("2026-11-01T00:00:00Z", "2026-11-10T00:00:00Z", 99, 0);
        hourly("2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z", 1, 0);

        assertThat(outlook("2026-11-10T00:00:00Z").restMicros()).isEqualTo(20 * 24 * 1_000_000L);
    }

    @Test
    void costsNothingMoreWhenItsStateHasJustBegun() {
        priced(Plans.always(0, rest(1_000_000, 1)));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 1, 0);

        assertThat(money().outlook(NOW, NOW).orElseThrow().restMicros()).isZero();
    }

    @Test
    void savesNothingInsideTheIncludedQuota() {
        priced(Plans.always(1_000_000, rest(10, 1)));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 5, 50);

        var ahead = outlook("2026-11-01T00:00:00Z");

        assertThat(ahead.included()).isTrue();
        assertThat(ahead.savingMicros()).isZero();
        assertThat(ahead.restMicros()).isZero();
        assertThat(ahead.nextMicros()).hasValue(0);
    }

    @Test
    void savesOnlyWhatIsBeyondTheIncludedQuota() {
        // given 240 used so far and 480 to come, of which 480 are included, and others use nothing
        priced(Plans.always(480, rest(10, 1)));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 1, 0);

        var ahead = outlook("2026-11-01T00:00:00Z");

        assertThat(ahead.restMicros()).isEqualTo(480 * 10);
        assertThat(ahead.savingMicros()).isEqualTo(240 * 10);
    }

    @Test
    void isPricedByTheTierThatTheAccountWillReachWithAllThatOthersUse() {
        // given 720 of the experiment and 7200 of others in November
        priced(Plans.always(0, tier(7_000, 100, 1), rest(1, 1)));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 1, 10);

        var ahead = outlook("2026-11-01T00:00:00Z");

        assertThat(ahead.restMicros()).isEqualTo(480);
        assertThat(ahead.savingMicros()).isEqualTo(480);
    }

    @Test
    void takesNoRateOfOthersFromBeforeTheAccountHadTraffic() {
        // given others use 10 an hour since yesterday: 4800 in 20 days, after 240
        priced(Plans.always(5_040, rest(10, 1)));
        hourly("2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z", 1, 10);

        assertThat(outlook("2026-11-10T00:00:00Z").savingMicros()).isEqualTo(480 * 10);
    }

    @Test
    void pricesWhatIsToComeByThePlanThatIsToCome() {
        priced(
                plan(1, "2020-01-01T00:00:00Z", "UTC", 0, rest(10, 1)),
                plan(2, "2026-11-21T00:00:00Z", "UTC", 0, rest(20, 1)));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 1, 0);

        var ahead = outlook("2026-11-01T00:00:00Z");

        assertThat(ahead.restMicros()).isEqualTo(240 * 10 + 240 * 20);
        assertThat(ahead.nextMicros()).hasValue(31 * 24 * 20);
    }

    @Test
    void doesNotForetellAnotherCurrency() {
        priced(
                plan(1, "2020-01-01T00:00:00Z", "UTC", 0, rest(10, 1)),
                Plans.in("EUR", plan(2, "2026-12-01T00:00:00Z", "UTC", 0, rest(9, 1))));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 1, 0);

        assertThat(outlook("2026-11-01T00:00:00Z").nextMicros()).isEmpty();
    }

    @Test
    void tellsThePriceOfTheNextImpressionAndOfMore() {
        priced(Plans.always(100, rest(10, 1)));
        used("2026-11-01T00:00:00Z", 10, 85);

        assertThat(money().marginalAt(NOW)).isEqualTo(MarginalPrice.FREE);
        assertThat(money().costOfMore(NOW, 5)).contains(new Amount(0, "USD"));
        assertThat(money().costOfMore(NOW, 8)).contains(new Amount(30, "USD"));

        used("2026-11-02T00:00:00Z", 5, 0);
        assertThat(money().marginalAt(NOW)).isEqualTo(new MarginalPrice(10, 1));
    }

    @Test
    void leavesTheFeeOutOfWhatAnExperimentHasCost() {
        // given the only experiment that was seen so far, in an account with a fee
        priced(Plans.charging(1_000_000, 0, Plans.always(0, rest(10, 1))));
        used("2026-11-01T00:00:00Z", 100, 0);

        // then
        assertThat(money().cost(at("2026-11-01T00:00:00Z"), NOW)).contains(new Amount(1_000, "USD"));
        assertThat(money().marginalAt(NOW)).isEqualTo(new MarginalPrice(10, 1));
    }

    @Test
    void costsAndSavesNothingWhileTheMinimumCoversAll() {
        // given 720 impressions in November, and a minimum of as much
        priced(Plans.charging(0, 7_200, Plans.always(0, rest(10, 1))));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 1, 0);

        // when
        var ahead = outlook("2026-11-01T00:00:00Z");

        // then
        assertThat(ahead.included()).isTrue();
        assertThat(ahead.savingMicros()).isZero();
        assertThat(ahead.restMicros()).isZero();
        assertThat(ahead.nextMicros()).hasValue(24 * 31 * 10);
        assertThat(money().cost(at("2026-11-01T00:00:00Z"), NOW)).contains(new Amount(0, "USD"));
        assertThat(money().marginalAt(NOW)).isEqualTo(MarginalPrice.FREE);
        assertThat(money().costOfMore(NOW, 480)).contains(new Amount(0, "USD"));
        assertThat(money().costOfMore(NOW, 481)).contains(new Amount(10, "USD"));
    }

    @Test
    void savesOnlyWhatIsBeyondTheMinimum() {
        // given 240 used and 480 to come, of which the minimum covers 480, the fee another 20 of them
        priced(Plans.charging(200, 5_000, Plans.always(0, rest(10, 1))));
        hourly("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z", 1, 0);

        // then
        assertThat(outlook("2026-11-01T00:00:00Z").savingMicros()).isEqualTo((720 - 480) * 10);
        assertThat(outlook("2026-11-01T00:00:00Z").restMicros()).isEqualTo(480 * 10);
    }

    private Outlook outlook(String from) {
        return money().outlook(at(from), NOW).orElseThrow();
    }

    private ExperimentMoney money() {
        return new ExperimentMoney(
                new ProjectAccounts(policies, books), (from, to) -> books.impressions(OWN, from, to));
    }

    private void priced(PricePlan... versions) {
        books.plan("default", versions);
    }

    private void used(String quarter, long own, long others) {
        books.add(OWN, at(quarter), own).add("default", at(quarter), own + others);
    }

    private void hourly(String from, String to, long own, long others) {
        books.hourly(OWN, at(from), at(to), own).hourly("default", at(from), at(to), own + others);
    }

    private static long bill(PricePlan plan, String month, long own, long others) {
        var pricing = PlanHistory.of(List.of(plan)).pricing(YearMonth.parse(month));
        return AccountBill.of(
                        pricing,
                        List.of(
                                new Usage<>("own", List.of(own), List.of()),
                                new Usage<>("others", List.of(others), List.of())))
                .shares()
                .get(0)
                .costMicros();
    }

    private static PolicyVersion policy(long version, Instant from, String account) {
        return new PolicyVersion(
                ProjectPolicy.newBuilder()
                        .setProject("shop")
                        .setVersion(version)
                        .setEffectiveFrom(from)
                        .setAccount(account)
                        .build(),
                Instant.EPOCH);
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
