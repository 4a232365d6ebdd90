package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UsageBookTest {

    /** In November in UTC, in December in Tokyo. */
    private static final Instant TURN = Instant.parse("2026-11-30T23:45:00Z");

    private static final PeriodKey NOVEMBER = new PeriodKey("acme", YearMonth.of(2026, 11));
    private static final PeriodKey DECEMBER = new PeriodKey("acme", YearMonth.of(2026, 12));
    private static final String CHECKOUT = "shop/production/checkout";
    private static final PlanHistory NO_PLAN = PlanHistory.of(List.of());

    private final UsageBook book = new UsageBook(
            HeapStores.keyValue(StateSerde.of(UsageDay.class)), HeapStores.keyValue(StateSerde.of(UsageTotal.class)));

    @Test
    void addsChangesToThePeriodsThatTheyTouch() {
        // when
        var touched = book.book(usage("checkout", quarter(TURN, 5, 2), quarter(TURN.plusSeconds(900), 7, 0)), NO_PLAN);
        book.book(usage("checkout", quarter(TURN, -1, -2)), NO_PLAN);

        // then
        assertThat(touched).containsExactly(NOVEMBER, DECEMBER);
        assertThat(book.of(NOVEMBER)).containsOnlyKeys(CHECKOUT);
        assertThat(book.of(NOVEMBER).get(CHECKOUT)).isEqualTo(total(4, 0));
        assertThat(book.of(DECEMBER).get(CHECKOUT)).isEqualTo(total(7, 0));
    }

    @Test
    void keepsAccountsApartWhoseNamesBeginAlike() {
        // given
        book.book(usage("checkout", quarter(TURN, 5, 0)), NO_PLAN);

        // then
        assertThat(book.of(new PeriodKey("acm", NOVEMBER.month()))).isEmpty();
        assertThat(book.rebuild("acm", NO_PLAN)).isEmpty();
    }

    @Test
    void movesUsageBetweenPeriodsWhenThePlanComesWithAnotherZone() {
        // given
        book.book(usage("checkout", quarter(TURN, 5, 2), quarter(TURN.minusSeconds(86_400), 3, 0)), NO_PLAN);

        // when
        var periods = book.rebuild("acme", plans(tokyo()));

        // then
        assertThat(periods).containsExactly(NOVEMBER, DECEMBER);
        assertThat(book.of(NOVEMBER).get(CHECKOUT)).isEqualTo(total(3, 0));
        assertThat(book.of(DECEMBER).get(CHECKOUT)).isEqualTo(total(5, 2));
    }

    @Test
    void emptiesAPeriodThatHasNothingLeftAndKeepsWhatWasPublished() {
        // given
        book.book(usage("checkout", quarter(TURN, 5, 2)), NO_PLAN);

        // when
        var periods = book.rebuild("acme", plans(tokyo()));

        // then it is still there to be published as nothing
        assertThat(periods).contains(NOVEMBER);
        assertThat(book.of(NOVEMBER).get(CHECKOUT)).isEqualTo(new UsageTotal(List.of(), List.of(), null));
    }

    @Test
    void splitsAPeriodBySegmentsOfThePlan() {
        // given
        book.book(usage("checkout", quarter(TURN, 5, 2), quarter(TURN.minusSeconds(86_400), 3, 0)), NO_PLAN);

        // when a second version is in force for the last day
        var first = FakeAccounts.plan("acme", 1, 10);
        var second = FakeAccounts.plan("acme", 2, 20).setEffectiveFrom(TURN.minusSeconds(3600));
        book.rebuild("acme", plans(first, second));

        // then
        assertThat(book.of(NOVEMBER).get(CHECKOUT).getImpressions()).containsExactly(3L, 5L);
        assertThat(book.of(NOVEMBER).get(CHECKOUT).getLeftover()).containsExactly(0L, 2L);
    }

    @Test
    void comesToTheSameWhetherThePlanCameBeforeOrAfterTheUsage() {
        // given
        var plan = plans(tokyo());
        var change = usage("checkout", quarter(TURN, 5, 2), quarter(TURN.plusSeconds(900), 3, 0));
        book.book(change, NO_PLAN);

        // when
        book.rebuild("acme", plan);
        var after = book.of(DECEMBER);

        // then
        var other = new UsageBook(
                HeapStores.keyValue(StateSerde.of(UsageDay.class)),
                HeapStores.keyValue(StateSerde.of(UsageTotal.class)));
        other.book(change, plan);
        assertThat(other.of(DECEMBER)).isEqualTo(after);
    }

    @Test
    void findsThePeriodsOfAnExperiment() {
        // given
        book.book(usage("checkout", quarter(TURN, 5, 0), quarter(TURN.plusSeconds(900), 1, 0)), NO_PLAN);
        book.book(usage("checkout-2", quarter(TURN.plusSeconds(90 * 86_400L), 5, 0)), NO_PLAN);

        // then
        assertThat(book.periodsOf("acme", ExperimentKey.parse(CHECKOUT))).containsExactly(NOVEMBER, DECEMBER);
    }

    private static PricePlan.Builder tokyo() {
        return FakeAccounts.plan("acme", 1, 10).setZone("Asia/Tokyo");
    }

    private static PlanHistory plans(PricePlan.Builder... versions) {
        return PlanHistory.of(Stream.of(versions).map(PricePlan.Builder::build).toList());
    }

    private static UsageTotal total(long impressions, long leftover) {
        return new UsageTotal(List.of(impressions), List.of(leftover), null);
    }

    private static UsageQuarter quarter(Instant quarter, long impressions, long leftover) {
        return new UsageQuarter(quarter, impressions, leftover);
    }

    private static ExperimentUsage usage(String experiment, UsageQuarter... quarters) {
        return new ExperimentUsage("acme", "shop", "production", experiment, null, List.of(quarters));
    }
}
