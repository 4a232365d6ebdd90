package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class PeriodDeskTest {

    private static final PeriodKey NOVEMBER = PeriodKey.parse("acme/2026-11");
    private static final Instant MARCH = Instant.parse("2027-03-01T00:00:00Z");

    private final KeyValueStore<String, Long> revisions = HeapStores.keyValue(Serdes.Long());
    private final PeriodDesk desk = new PeriodDesk(
            new FakeAccounts(),
            new PeriodClose(Duration.ofDays(62), Duration.ofMinutes(15)),
            HeapStores.keyValue(Serdes.Long()),
            HeapStores.keyValue(StateSerde.of(AccountCost.class)),
            revisions);

    @Test
    void makesPeriodsThatAnEarlierReleasePublishedFinalADayLater() {
        // given
        revisions.put(NOVEMBER.toString(), 7L);
        assertThat(desk.due(MARCH)).isEmpty();

        // when
        var due = desk.due(MARCH.plus(Duration.ofDays(1)));

        // then
        assertThat(due).containsExactly(NOVEMBER);
    }

    @Test
    void takesWhatCameBeforeAnyWatermarkForKnownSinceTheFirst() {
        // given
        desk.used(NOVEMBER, Optional.empty());
        assertThat(desk.due(MARCH)).isEmpty();

        // when, then
        assertThat(desk.due(MARCH.plus(Duration.ofDays(1)).minusMillis(1))).isEmpty();
        assertThat(desk.due(MARCH.plus(Duration.ofDays(1)))).containsExactly(NOVEMBER);
    }
}
