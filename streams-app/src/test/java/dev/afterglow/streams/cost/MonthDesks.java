package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;

/** Desks for tests that have no months without usage. */
final class MonthDesks {

    private MonthDesks() {}

    static MonthDesk of(FakeAccounts accounts, DueIndex due) {
        var periods = new PeriodDesk(
                accounts,
                new PeriodClose(Duration.ofDays(62), Duration.ofMinutes(15)),
                HeapStores.keyValue(Serdes.Long()),
                HeapStores.keyValue(StateSerde.of(AccountCost.class)),
                HeapStores.keyValue(Serdes.Long()));
        return new MonthDesk(accounts, due, periods, new PeriodMarks(HeapStores.keyValue(Serdes.Long())));
    }
}
