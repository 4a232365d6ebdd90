package dev.afterglow.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {

    private static final long EVENTS = 30_000;
    private static final List<String> WASTEFUL =
            List.of("checkout-express", "search-ranking-v2", "price-badge", "free-shipping-bar", "photo-zoom");
    private static final Map<String, Integer> SINCE_DAYS = Map.of(
            "checkout-express", 20,
            "search-ranking-v2", 45,
            "price-badge", 5,
            "free-shipping-bar", 25,
            "photo-zoom", 16);

    private final Fleet fleet = Fleet.at(Records.NOW);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 0, -1, 4_242_424_242L})
    void countsWhatANaiveRecountCounts(long seed) {
        // given
        var traffic = new TrafficGenerator(fleet, seed, EVENTS);
        var oracle = new Oracle(Records.NOW, Records.all(traffic));

        // when
        var expected = Expectation.of(fleet, traffic);

        // then
        assertThat(expected.counts()).isEqualTo(oracle.counts);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 0, -1, 4_242_424_242L})
    void accountsForEveryRecordAsANaiveRecountDoes(long seed) {
        // given
        var traffic = new TrafficGenerator(fleet, seed, EVENTS);
        var oracle = new Oracle(Records.NOW, Records.all(traffic));

        // when
        var expected = Expectation.of(fleet, traffic);

        // then
        assertThat(expected.conservation()).isEqualTo(oracle.conservation());
        assertThat(oracle.conflicts).isPositive();
    }

    @Test
    void pricesEachImpressionAfterTheOther() {
        // given
        var traffic = new TrafficGenerator(fleet, 7, EVENTS);
        var oracle = new Oracle(Records.NOW, Records.all(traffic));
        var plans = new Accounts(Records.NOW).plans(EVENTS);

        // when
        var bills = Expectation.of(fleet, traffic).bills();

        // then
        var costs = new HashMap<String, Long>();
        var wastes = new HashMap<String, Long>();
        for (var plan : plans) {
            usage(oracle, plan, false).forEach((period, all) -> {
                var leftover = usage(oracle, plan, true).getOrDefault(period, 0L);
                var name = plan.getAccount() + period;
                costs.put(name, oneByOne(plan, all));
                wastes.put(name, oneByOne(plan, all) - oneByOne(plan, all - leftover));
            });
        }
        assertThat(bills).allSatisfy(bill -> {
            var name = bill.account() + bill.period();
            assertThat(bill.costMicros()).as("cost of %s", name).isEqualTo(costs.get(name));
            assertThat(bill.wastedMicros()).as("waste of %s", name).isEqualTo(wastes.get(name));
        });
        assertThat(bills).hasSameSizeAs(costs.keySet());
        assertThat(bills).anyMatch(bill -> bill.wastedMicros() > 0);
    }

    @Test
    void splitsABillWithoutALossOrAGain() {
        // given
        var traffic = new TrafficGenerator(fleet, 7, EVENTS);

        // when
        var bills = Expectation.of(fleet, traffic).bills();

        // then
        assertThat(bills).allSatisfy(bill -> {
            var lines = bill.lines().values();
            assertThat(lines.stream().mapToLong(Bill.Line::costMicros).sum()).isEqualTo(bill.costMicros());
            assertThat(lines.stream().mapToLong(Bill.Line::wastedMicros).sum()).isEqualTo(bill.wastedMicros());
            assertThat(lines.stream().mapToLong(Bill.Line::impressions).sum()).isEqualTo(bill.impressions());
        });
    }

    @Test
    void wantsLeftoversOpenACleanedOneResolvedAndAZombie() {
        // when
        var alerts =
                Expectation.of(fleet, new TrafficGenerator(fleet, 7, EVENTS)).alerts();

        // then
        assertThat(alerts)
                .extracting(alert -> alert.kind() + ' ' + alert.subject() + ' ' + alert.status())
                .containsExactlyInAnyOrder(
                        "LEFTOVER_ROLLOUT shop/production/checkout-express " + AlertStatus.OPEN,
                        "LEFTOVER_ROLLOUT shop/production/search-ranking-v2 " + AlertStatus.ESCALATED,
                        "LEFTOVER_ROLLOUT shop/production/free-shipping-bar " + AlertStatus.RESOLVED,
                        "LEFTOVER_ROLLOUT bazaar/production/photo-zoom " + AlertStatus.OPEN,
                        "ZOMBIE_TRAFFIC shop/production/spring-banner " + AlertStatus.OPEN,
                        "BUDGET_ACTUAL acme-month " + AlertStatus.OPEN);
    }

    @Test
    void givesEveryExpectedAlertSomethingToSeeInTheSmallestRun() {
        // given
        var traffic = new TrafficGenerator(fleet, 7, TrafficGenerator.MINIMUM_EVENTS);

        // when
        var expected = Expectation.of(fleet, traffic);

        // then
        assertThat(expected.counts().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        fleet.members().stream().map(FleetMember::key).toList());
    }

    @Test
    void hasOneBudgetOverrunAndTheOtherNotHalfUsed() {
        // given
        var expected = Expectation.of(fleet, new TrafficGenerator(fleet, 7, EVENTS));
        var spent = expected.running(fleet).costMicros();

        // when
        var budgets = new Budgets(expected.running(fleet), fleet.now()).budgets();

        // then
        assertThat(spent).isPositive();
        assertThat(budgets.get(0).getAmount()).isLessThan(spent);
        assertThat(budgets.get(1).getAmount() / 2).isGreaterThan(spent);
    }

    @Test
    void overrunsNoBudgetInTheFirstHoursOfAMonth() {
        // given
        var spent =
                Expectation.of(fleet, new TrafficGenerator(fleet, 7, EVENTS)).running(fleet);
        var start = spent.period().atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);

        // when
        var young = new Budgets(spent, start.plus(Duration.ofHours(6)).minusMillis(1));

        // then
        assertThat(young.alerts()).isEmpty();
        assertThat(young.budgets())
                .allSatisfy(budget -> assertThat(budget.getAmount() / 2).isGreaterThan(spent.costMicros()));
    }

    @Test
    void leavesAFlagAlone() {
        // given
        var flag = fleet.definitions().stream()
                .filter(definition -> definition.getKind() == ExperimentKind.FEATURE_FLAG)
                .findFirst()
                .orElseThrow();
        var key = new ExperimentKey(flag.getProject(), flag.getEnvironment(), flag.getExperiment());

        // when
        var bill = Expectation.of(fleet, new TrafficGenerator(fleet, 7, EVENTS)).running(fleet);

        // then
        assertThat(bill.line(key).impressions()).isPositive();
        assertThat(bill.line(key).wastedMicros()).isZero();
    }

    private static Map<YearMonth, Long> usage(Oracle oracle, PricePlan plan, boolean leftovers) {
        var usage = new HashMap<YearMonth, Long>();
        oracle.quarters.forEach((key, quarters) -> quarters.forEach((quarter, count) -> {
            var project = plan.getAccount().equals("acme") ? "shop" : "bazaar";
            if (key.project().equals(project) && (!leftovers || isLeftover(key, quarter))) {
                usage.merge(YearMonth.from(quarter.atZone(ZoneId.of(plan.getZone()))), count, Long::sum);
            }
        }));
        return usage;
    }

    private static boolean isLeftover(ExperimentKey key, Instant quarter) {
        if (key.experiment().equals("spring-banner")) {
            return !quarter.isBefore(Records.NOW.minus(Duration.ofHours(70)));
        }
        return WASTEFUL.contains(key.experiment())
                && !quarter.isBefore(Records.NOW.minus(Duration.ofDays(SINCE_DAYS.get(key.experiment()))));
    }

    private static long oneByOne(PricePlan plan, long impressions) {
        var cost = 0L;
        for (var number = 1L; number <= impressions; number++) {
            if (number > plan.getIncludedImpressions()) {
                var nth = number;
                var tier = plan.getTiers().stream()
                        .filter(step -> step.getUpTo() == null || nth <= step.getUpTo())
                        .findFirst()
                        .orElseThrow();
                cost += tier.getPriceMicros() / tier.getPerImpressions();
            }
        }
        return cost;
    }
}
