package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.Resolution;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.RunEnding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run has saved is measured a week after its end, and told again when traffic of that week comes late. It is a leftover since 2026-11-03 09:20, told of on day 14 at 10:00. */
class EndingsMeasuredTest {

    private final Desk desk = new Desk();

    @Test
    void isMeasuredAWeekLaterThoughNothingHappens() {
        // given
        desk.openLeftover(20);
        desk.archive(day(20));

        // when
        desk.followDueTimes(hourOnDay(27));

        // then
        assertThat(desk.endings)
                .extracting(ending -> ending.run().getMeasured())
                .containsExactly(false, true);
        assertThat(desk.file.getJudgedUpTo()).isEqualTo(hourOnDay(27));
        assertThat(desk.file.getDueAt()).isNull();
    }

    @Test
    void measuresEveryRunHoweverManyEndInOneWeek() {
        // given one that ends every three hours
        desk.under(Fixtures.policy(policy -> policy.setWarnAfterDays(0)));
        var runs = 25;
        for (int i = 0; i <= runs; i++) {
            var run = "run " + i;
            desk.define(full(i + 1, hourOnDay(0).plusSeconds(i * 10_800L), version -> version.setRun(run)));
        }
        desk.traffic.hourly(START, hourOnDay(4), 50);

        // when
        for (var hour = hourOnDay(0); hour.isBefore(hourOnDay(14)); hour = hour.plusSeconds(3600)) {
            desk.judge(hour);
        }

        // then
        var measured = desk.endings.stream()
                .map(Verdict.Ending::run)
                .filter(RunEnding::getMeasured)
                .map(RunEnding::getRun)
                .toList();
        assertThat(measured).hasSize(runs + 1).doesNotHaveDuplicates();
        assertThat(desk.file.getEndings()).hasSize(20);
    }

    @Test
    void forgetsTheRunThatEndedLongestAgo() {
        // given twenty that have been measured, the last one first, and one in force
        var file = CaseJudge.judge(null, KEY, desk.definitions, desk.policies, desk.traffic, START)
                .next();
        var known = new ArrayList<RunEnding>();
        for (int i = 20; i > 0; i--) {
            known.add(RunEnding.newBuilder()
                    .setRun("run " + i)
                    .setEndedAt(day(i))
                    .setResolution(Resolution.NEW_RUN)
                    .setMeasured(true)
                    .build());
        }
        desk.file = CaseFile.newBuilder(file).setEndings(known).build();
        desk.define(full(1, day(30)));
        desk.traffic.hourly(day(30), day(50), 5);
        desk.judge(hourOnDay(44));
        assertThat(desk.alerts).hasSize(1);

        // when
        desk.archive(day(50));

        // then
        assertThat(desk.file.getEndings())
                .hasSize(20)
                .extracting(RunEnding::getRun)
                .contains("run 2", (String) null)
                .doesNotContain("run 1");
    }

    @Test
    void isToldAgainAtTheEndOfTheDayWhenTrafficOfItsWeekCameLate() {
        // given
        desk.openLeftover(20);
        desk.archive(day(20));
        desk.followDueTimes(hourOnDay(27));
        desk.endings.clear();

        // when
        late(hourOnDay(26), hourOnDay(28));
        late(hourOnDay(25), hourOnDay(28).plusSeconds(3600));
        desk.judge(hourOnDay(28).plusSeconds(3600));
        assertThat(desk.endings).isEmpty();
        desk.followDueTimes(hourOnDay(40));

        // then
        var endOfDay = Instant.parse("2026-12-02T00:00:00Z");
        assertThat(desk.endings)
                .singleElement()
                .satisfies(ending -> assertThat(ending.run().getCorrectedAt()).isEqualTo(endOfDay));
        assertThat(desk.file.getDueAt()).isNull();
    }

    @Test
    void isNotToldAgainOfWhatIsNoPartOfIt() {
        // given
        desk.openLeftover(20);
        desk.archive(day(20));

        // when
        late(hourOnDay(19), hourOnDay(21));
        assertThat(desk.file.getEndings().get(0).getCorrectAt())
                .as("before it is measured")
                .isNull();
        desk.followDueTimes(hourOnDay(27));
        late(hourOnDay(27), hourOnDay(28));

        // then
        assertThat(desk.file.getEndings().get(0).getCorrectAt())
                .as("after its week")
                .isNull();
    }

    @Test
    void isNotCorrectedWhenItHasBeenTakenBack() {
        // given
        desk.openLeftover(20);
        desk.archive(day(20));
        desk.followDueTimes(hourOnDay(27));
        late(hourOnDay(26), hourOnDay(28));

        // when
        desk.traffic.hourly(hourOnDay(27), hourOnDay(28), 5);
        desk.judge(hourOnDay(28));
        desk.followDueTimes(hourOnDay(30));

        // then
        assertThat(desk.endings.subList(2, desk.endings.size()))
                .extracting(
                        Verdict.Ending::takenBack,
                        ending -> ending.run().getMeasured(),
                        ending -> ending.run().getCorrectedAt())
                .containsExactly(tuple(true, true, null), tuple(false, false, null));
    }

    /** As the stage does with it. */
    private void late(Instant hour, Instant heardAt) {
        LateTraffic.note(desk.file, desk.definitions, List.of(hour), heardAt).ifPresent(noted -> desk.file = noted);
    }
}
