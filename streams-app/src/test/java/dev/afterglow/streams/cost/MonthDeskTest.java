package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class MonthDeskTest {

    private static final PeriodKey NOVEMBER = PeriodKey.parse("acme/2026-11");
    private static final PeriodKey DECEMBER = NOVEMBER.next();
    private static final Instant LOOK_AT_DECEMBER = Instant.parse("2026-12-01T00:15:00Z");
    private static final Optional<Instant> FEBRUARY = Optional.of(Instant.parse("2027-02-10T00:00:00Z"));

    private final FakeAccounts accounts =
            new FakeAccounts().add(FakeAccounts.plan("acme", 1, 1).setFlatFeeMicros(300));
    private final DueIndex due = new DueIndex(HeapStores.keyValue(Serdes.Long()));
    private final KeyValueStore<String, Long> revisions = HeapStores.keyValue(Serdes.Long());
    private final PeriodMarks marks = new PeriodMarks(HeapStores.keyValue(Serdes.Long()));
    private final PeriodDesk periods = new PeriodDesk(
            accounts,
            new PeriodClose(Duration.ofDays(62), Duration.ofMinutes(15)),
            HeapStores.keyValue(Serdes.Long()),
            HeapStores.keyValue(StateSerde.of(AccountCost.class)),
            revisions);
    private final MonthDesk desk = new MonthDesk(accounts, due, periods, marks);

    @Test
    void opensTheMonthsAfterOneOfAnEarlierReleaseAndTakesUpTheNext() {
        // given
        revisions.put(NOVEMBER.toString(), 7L);

        // when, as after every start
        desk.follow(NOVEMBER, FEBRUARY);
        desk.follow(NOVEMBER, FEBRUARY);

        // then
        assertThat(marks.toPublish())
                .extracting(PeriodKey::toString)
                .containsExactly("acme/2026-12", "acme/2027-01", "acme/2027-02");
        assertThat(due.earliest(Instant.parse("2100-01-01T00:00:00Z"), 10))
                .containsExactly(new DueIndex.Due(Instant.parse("2027-03-01T00:15:00Z"), "acme/0/2027-03"));
    }

    @Test
    void leavesToItsTurnWhatIsStillToBeLookedAtInTheOrderOfTime() {
        // given a look that the traffic has overtaken
        desk.follow(NOVEMBER, Optional.of(Instant.parse("2026-11-10T00:00:00Z")));

        // when
        desk.follow(NOVEMBER, FEBRUARY);

        // then
        assertThat(marks.toPublish()).isEmpty();
        assertThat(due.contains(LOOK_AT_DECEMBER, MonthDesk.subjectOf(DECEMBER)))
                .isTrue();
    }

    @Test
    void looksAtAMonthThatIsKnownBeforeItHasBegun() {
        // given that usage of December was read before any of November
        var november = Optional.of(Instant.parse("2026-11-10T00:00:00Z"));
        periods.used(DECEMBER, november);

        // when
        desk.follow(NOVEMBER, november);

        // then
        assertThat(due.contains(LOOK_AT_DECEMBER, MonthDesk.subjectOf(DECEMBER)))
                .isTrue();
    }

    @Test
    void isKnownSinceItWasDueHoweverFarTheTrafficHasCome() {
        // when
        boolean owed = desk.begin(DECEMBER, LOOK_AT_DECEMBER);

        // then it is final as early as if it had been opened in time
        assertThat(owed).isTrue();
        assertThat(periods.due(Instant.parse("2027-03-04T00:15:00Z"))).containsExactly(DECEMBER);
    }

    @Test
    void goesOnFromAMonthInWhichNothingIsOwed() {
        // given
        accounts.add(FakeAccounts.plan("acme", 2, 1));

        // when
        boolean owed = desk.begin(DECEMBER, LOOK_AT_DECEMBER);

        // then
        assertThat(owed).isFalse();
        assertThat(marks.toPublish()).isEmpty();
        assertThat(due.contains(Instant.parse("2027-01-01T00:15:00Z"), "acme/0/2027-01"))
                .isTrue();
    }
}
