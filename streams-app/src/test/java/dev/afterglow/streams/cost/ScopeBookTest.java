package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.ScopeDay;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeBookTest {

    static {
        GeneratedClasses.trust();
    }

    private static final PlanHistory NO_PLAN = PlanHistory.of(List.of());
    private static final Instant MIDNIGHT = Instant.parse("2026-11-04T00:00:00Z");

    private final UsageBook book = new UsageBook(
            HeapStores.keyValue(StateSerde.of(UsageDay.class)), HeapStores.keyValue(StateSerde.of(UsageTotal.class)));
    private final ScopeBook scopes =
            new ScopeBook(HeapStores.keyValue(StateSerde.of(ScopeDay.class)), book, experiment -> "growth");

    @Test
    void addsUpAccountProjectAndTeam() {
        scopes.add(List.of(
                usage("acme", "a", "growth", 5), usage("acme", "b", "pay/ments", 7), usage("acm", "a", "growth", 1)));

        assertThat(at(ScopeBook.account("acme"))).isEqualTo(12);
        assertThat(at(ScopeBook.account("acm"))).isEqualTo(1);
        assertThat(at(ScopeBook.project("acme", "shop"))).isEqualTo(12);
        assertThat(at(ScopeBook.team("acme", "growth"))).isEqualTo(5);
        assertThat(at(ScopeBook.team("acme", "pay/ments"))).isEqualTo(7);
    }

    @Test
    void givesQuarterHoursInARowAcrossDays() {
        var usage = new ExperimentUsage(
                "acme",
                "shop",
                "production",
                "a",
                null,
                List.of(
                        new UsageQuarter(MIDNIGHT.minusSeconds(900), 1L, 0L),
                        new UsageQuarter(MIDNIGHT, 2L, 0L),
                        new UsageQuarter(MIDNIGHT.plusSeconds(86_400), 3L, 0L)));
        scopes.add(List.of(usage));

        assertThat(scopes.quarters(ScopeBook.account("acme"), MIDNIGHT.minusSeconds(1_800), 4))
                .containsExactly(0, 1, 2, 0);
        assertThat(scopes.quarters(ScopeBook.account("acme"), MIDNIGHT.plusSeconds(900), 96))
                .endsWith(0, 3);
    }

    @Test
    void beginsWithWhatWasBookedBeforeThereWasThisBook() {
        // given
        book.book(usage("acme", "a", "growth", 5), NO_PLAN);
        book.book(usage("acme-b", "a", "growth", 9), NO_PLAN);

        // when
        scopes.open("acme");
        scopes.open("acme");

        // then
        assertThat(at(ScopeBook.account("acme"))).isEqualTo(5);
        assertThat(at(ScopeBook.team("acme", "growth"))).isEqualTo(5);
        assertThat(at(ScopeBook.account("acme-b"))).isZero();
    }

    @Test
    void movesAllThatAnExperimentHasUsedToItsNewTeam() {
        // given
        for (var usage : List.of(usage("acme", "a", "growth", 5), usage("acme", "ab", "growth", 7))) {
            book.book(usage, NO_PLAN);
            scopes.add(List.of(usage));
        }

        // when
        scopes.move("acme", new ExperimentKey("shop", "production", "a"), "growth", "payments");

        // then
        assertThat(at(ScopeBook.team("acme", "growth"))).isEqualTo(7);
        assertThat(at(ScopeBook.team("acme", "payments"))).isEqualTo(5);
        assertThat(at(ScopeBook.account("acme"))).isEqualTo(12);
    }

    private long at(String scope) {
        return scopes.quarters(scope, NOON, 1)[0];
    }

    private static ExperimentUsage usage(String account, String experiment, String team, long impressions) {
        return new ExperimentUsage(
                account, "shop", "production", experiment, team, List.of(new UsageQuarter(NOON, impressions, 0L)));
    }
}
