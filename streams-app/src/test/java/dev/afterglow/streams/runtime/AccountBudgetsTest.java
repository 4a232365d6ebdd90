package dev.afterglow.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.streams.directory.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountBudgetsTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @Test
    void givesTheNewestVersionWhateverTheOrderOfArrival() {
        var all = Map.of("growth", List.of(version("acme", 2, 20, NOON), version("acme", 1, 10, NOON.plusSeconds(1))));

        assertThat(AccountBudgets.of("acme", all)).extracting(Budget::getAmount).containsExactly(20L);
    }

    @Test
    void givesOfTwoRecordsOfOneVersionTheLaterOne() {
        var all = Map.of("growth", List.of(version("acme", 1, 10, NOON), version("acme", 1, 20, NOON)));

        assertThat(AccountBudgets.of("acme", all)).extracting(Budget::getAmount).containsExactly(20L);
    }

    @Test
    void endsABudgetInTheAccountThatItHasLeft() {
        // given
        var all = Map.of("growth", List.of(version("old", 1, 10, NOON), version("new", 2, 20, NOON.plusSeconds(1))));

        // then
        assertThat(AccountBudgets.of("old", all))
                .extracting(Budget::getVersion, Budget::getDeleted)
                .containsExactly(tuple(1L, true));
        assertThat(AccountBudgets.of("new", all))
                .extracting(Budget::getVersion, Budget::getDeleted)
                .containsExactly(tuple(2L, false));
        assertThat(AccountBudgets.of("third", all)).isEmpty();
    }

    private static Entry<Budget> version(String account, long version, long amount, Instant arrivedAt) {
        var budget = Budget.newBuilder()
                .setBudgetId("growth")
                .setVersion(version)
                .setScope(BudgetScope.ACCOUNT)
                .setAccount(account)
                .setAmount(amount);
        return new Entry<>(budget.build(), arrivedAt);
    }
}
