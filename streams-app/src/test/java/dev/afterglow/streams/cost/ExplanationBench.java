package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Severity;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.ScopeDay;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.HeapStores;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;

/** A desk that explains alerts on the budget {@code growth} of the team of that name, and what it reads. */
final class ExplanationBench {

    private static final long AMOUNT = 1_000_000_000;

    final ExplanationDesk desk;
    private final FakeAccounts accounts = new FakeAccounts();
    private final UsageBook book;
    private final ScopeBook scopes;

    /** @param teams team of an experiment identity, when it is looked up to explain */
    ExplanationBench(
            KeyValueStore<String, UsageDay> days,
            KeyValueStore<String, UsageTotal> totals,
            UnaryOperator<String> teams) {
        accounts.add(FakeAccounts.plan("acme", 1, 10));
        accounts.put(Budgets.money("growth", AMOUNT).setScope(BudgetScope.TEAM).setTeam("growth"));
        book = new UsageBook(days, totals);
        scopes = new ScopeBook(HeapStores.keyValue(StateSerde.of(ScopeDay.class)), book, experiment -> "growth");
        desk = new ExplanationDesk(
                accounts, book, scopes, new AccountDays(HeapStores.keyValue(Serdes.Long()), days), teams);
    }

    void use(String experiment, List<UsageQuarter> quarters) {
        var usage = new ExperimentUsage("acme", "shop", "production", experiment, "growth", quarters);
        book.book(usage, accounts.plans("acme"));
        scopes.add(List.of(usage));
    }

    /** An alert on pace, at noon. */
    static CostAlert alert() {
        return CostAlert.newBuilder()
                .setAlertId("PACE/growth/1/2026-11/2026-11-03T12:00:00Z")
                .setKind(CostKind.PACE)
                .setStatus(AlertStatus.OPEN)
                .setSeverity(Severity.WARNING)
                .setAccount("acme")
                .setBudgetId("growth")
                .setPeriod("2026-11")
                .setAt(NOON)
                .setOpenedAt(NOON)
                .setUnit(BudgetUnit.MONEY)
                .setCurrency("USD")
                .setSpend(0)
                .setAmount(AMOUNT)
                .setSummary("It is spent fast.")
                .build();
    }
}
