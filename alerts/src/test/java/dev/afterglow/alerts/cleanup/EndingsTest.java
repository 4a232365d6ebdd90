package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.RunEnding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a run has ended, and what is told of it. It is a leftover since 2026-11-03 09:20, told of on day 14 at 10:00. */
class EndingsTest {

    /** Twice an hour of some months. */
    private static final int MOST_JUDGED = 5_000;

    private static final String ALERT = "LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/1";

    private final Desk desk = new Desk();
    private final List<Verdict.Ending> told = new ArrayList<>();

    @Test
    void endsWithItsLastAlert() {
        // given
        openUntil(20);

        // when
        archive(day(20));

        // then
        assertThat(told).singleElement().satisfies(ending -> {
            assertThat(ending.takenBack()).isFalse();
            assertThat(ending.run())
                    .extracting(RunEnding::getResolution, RunEnding::getEndedAt, RunEnding::getSince)
                    .containsExactly(Resolution.ARCHIVED, day(20), START);
            assertThat(ending.run().getMeasured()).isFalse();
        });
    }

    @Test
    void isMeasuredAWeekLaterThoughNothingHappens() {
        // given
        openUntil(20);
        archive(day(20));

        // when
        follow(hourOnDay(27));

        // then
        assertThat(told).extracting(ending -> ending.run().getMeasured()).containsExactly(false, true);
        assertThat(desk.file.getJudgedUpTo()).isEqualTo(hourOnDay(27));
        assertThat(desk.file.getDueAt()).isNull();
    }

    @Test
    void isTakenBackWhenTrafficGoesOn() {
        // given
        openUntil(20);
        archive(day(20));

        // when
        desk.traffic.hourly(day(20), day(21), 5);
        judge(hourOnDay(20).plusSeconds(4 * 3600));

        // then
        assertThat(told).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
        assertThat(told.get(1).run()).isEqualTo(told.get(0).run());
    }

    @Test
    void endsForGoodWhenTrafficHasStopped() {
        // given
        openUntil(20);
        archive(day(20));
        desk.traffic.hourly(day(20), day(21), 5);
        judge(hourOnDay(20).plusSeconds(4 * 3600));

        // when
        follow(day(40));

        // then
        assertThat(told.subList(2, told.size()))
                .extracting(ending ->
                        ending.run().getResolution() + " " + ending.run().getMeasured())
                .containsExactly("TRAFFIC_STOPPED false", "TRAFFIC_STOPPED true");
    }

    @Test
    void remembersWhatItWasLikeBeforeStraysWereToldOf() {
        // given
        openUntil(20);
        archive(day(20));
        desk.traffic.hourly(day(20), day(21), 5);
        judge(hourOnDay(20).plusSeconds(4 * 3600));

        // when
        follow(day(40));

        // then
        assertThat(told.get(2).run())
                .extracting(RunEnding::getSince, RunEnding::getBegunAt, RunEnding::getEndedAt)
                .containsExactly(START, day(20), hourOnDay(22));
    }

    @Test
    void remembersItAlsoWhenStraysAreToldOfAtOnce() {
        // given
        openUntil(20);
        desk.define(inState(2, day(20), ExperimentState.ARCHIVED));
        desk.traffic.hourly(day(20), day(21), 5);

        // when it is heard of later
        judge(hourOnDay(20).plusSeconds(4 * 3600));
        assertThat(told).isEmpty();
        follow(day(40));

        // then
        assertThat(told.get(0).run())
                .extracting(RunEnding::getSince, RunEnding::getBegunAt, RunEnding::getEndedAt)
                .containsExactly(START, hourOnDay(20).plusSeconds(4 * 3600), hourOnDay(22));
    }

    @Test
    void isComparedAnewWhenWhatWasSilentWasNeverSwitchedOff() {
        // given
        openUntil(20);
        follow(hourOnDay(22));
        assertThat(told).extracting(ending -> ending.run().getResolution()).containsExactly(Resolution.TRAFFIC_STOPPED);
        desk.traffic.hourly(day(22), day(60), 20);
        judge(hourOnDay(24));

        // when
        archive(day(60));

        // then
        assertThat(told.get(1).takenBack()).isTrue();
        assertThat(told.get(2).run().getBegunAt()).isEqualTo(day(60));
    }

    @Test
    void hasNotEndedWhenItIsSwitchedOnAgain() {
        // given
        openUntil(20);
        desk.define(inState(2, day(20), ExperimentState.INACTIVE));
        judge(day(20));

        // when
        desk.define(split(3, day(22)));
        judge(day(22));
        follow(day(40));

        // then
        assertThat(told).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
    }

    @Test
    void hasNotEndedWhenItsRunComesBack() {
        // given
        openUntil(20);
        desk.define(Fixtures.definition(2, day(20), next -> next.setRun("second")));
        judge(day(20));

        // when
        desk.define(split(3, day(22)));
        judge(day(22));
        follow(day(40));

        // then
        assertThat(told).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
    }

    @Test
    void staysAsItWasMeasuredWhenItIsSwitchedOnLater() {
        // given
        openUntil(20);
        desk.define(inState(2, day(20), ExperimentState.INACTIVE));
        judge(day(20));
        follow(hourOnDay(27));

        // when
        desk.define(split(3, day(28)));
        judge(day(28));

        // then
        assertThat(told).extracting(Verdict.Ending::takenBack).containsExactly(false, false);
    }

    @Test
    void isComparedAnewWhenACleanUpWasNone() {
        // given strays, and then it is live again
        openUntil(20);
        archive(day(20));
        desk.traffic.hourly(day(20), day(80), 5);
        judge(hourOnDay(20).plusSeconds(4 * 3600));
        desk.define(full(3, day(21)));
        judge(day(21));
        follow(hourOnDay(79));

        // when
        desk.define(inState(4, day(80), ExperimentState.ARCHIVED));
        judge(day(80));

        // then
        assertThat(told.get(told.size() - 1).run())
                .extracting(RunEnding::getSince, RunEnding::getBegunAt)
                .containsExactly(day(21), day(80));
    }

    @Test
    void doesNotEndWhenItIsSplitAgain() {
        // given
        openUntil(20);

        // when
        desk.define(split(2, day(20)));
        judge(day(20));

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void endsARunWhenAnotherBegins() {
        // given
        openUntil(20);

        // when
        desk.define(full(2, day(20), next -> next.setRun("second")));
        judge(day(20));

        // then
        assertThat(told).singleElement().satisfies(ending -> {
            assertThat(ending.run().getRun()).isNull();
            assertThat(ending.run().getResolution()).isEqualTo(Resolution.NEW_RUN);
        });
    }

    @Test
    void keepsWhatWasLearnedBeforeTheEnd() {
        // given
        openUntil(20);
        document(hourOnDay(15), "green sells", null);
        judge(hourOnDay(15));
        assertThat(told).isEmpty();

        // when
        archive(day(20));

        // then
        assertThat(told)
                .singleElement()
                .satisfies(ending -> assertThat(ending.run().getKeyLearning()).isEqualTo("green sells"));
    }

    @Test
    void tellsAnewWhatIsWrittenDownWhenAllIsOver() {
        // given
        openUntil(20);
        document(hourOnDay(15), "green sells", "https://wiki/1");
        judge(hourOnDay(15));
        archive(day(20));
        follow(hourOnDay(27));
        told.clear();

        // when
        document(hourOnDay(30), "green sells more", null);
        judge(hourOnDay(30));

        // then
        assertThat(desk.alerts).last().extracting(Desk::brief).isEqualTo("LEFTOVER_ROLLOUT RESOLVED ARCHIVED");
        assertThat(told).singleElement().satisfies(ending -> {
            assertThat(ending.run().getMeasured()).isTrue();
            assertThat(ending.run())
                    .extracting(RunEnding::getKeyLearning, RunEnding::getLink)
                    .containsExactly("green sells more", "https://wiki/1");
        });
    }

    @Test
    void tellsNothingOfWhatIsWrittenDownTwice() {
        // given
        openUntil(20);
        document(hourOnDay(15), "green sells", null);
        judge(hourOnDay(15));
        archive(day(20));
        told.clear();

        // when
        document(hourOnDay(21), "green sells", null);
        judge(hourOnDay(21));

        // then
        assertThat(told).isEmpty();
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
            judge(hour);
        }

        // then
        var measured = told.stream()
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
        judge(hourOnDay(44));
        assertThat(desk.alerts).hasSize(1);

        // when
        archive(day(50));

        // then
        assertThat(desk.file.getEndings())
                .hasSize(20)
                .extracting(RunEnding::getRun)
                .contains("run 2", (String) null)
                .doesNotContain("run 1");
    }

    @Test
    void endsInSilenceThoughItIsTakenToBeMeantInTheSameHour() {
        // given it is live again after it was archived, which is accepted after 20 days
        desk.under(Fixtures.policy(policy -> policy.setCriticalAfterDays(20)));
        desk.define(split(1, day(-9)), inState(2, day(-5), ExperimentState.ARCHIVED), full(3, START));
        desk.traffic.hourly(START, day(19), 5);
        judge(hourOnDay(1));
        follow(hourOnDay(19));
        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("REACTIVATED OPEN", "LEFTOVER_ROLLOUT OPEN");

        // when
        follow(hourOnDay(20));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .endsWith("LEFTOVER_ROLLOUT RESOLVED TRAFFIC_STOPPED", "REACTIVATED RESOLVED PERIOD_ENDED");
        assertThat(told).extracting(ending -> ending.run().getResolution()).containsExactly(Resolution.TRAFFIC_STOPPED);
    }

    @Test
    void hasNotEndedWhenItIsLiveThoughItWasArchivedInBetween() {
        // given
        desk.define(split(1, day(-9)), inState(2, day(-5), ExperimentState.ARCHIVED), split(3, START));
        desk.traffic.hourly(START, day(2), 5);
        judge(hourOnDay(1));

        // when both are heard of late
        desk.define(inState(4, day(2), ExperimentState.ARCHIVED), split(5, hourOnDay(2)));
        judge(hourOnDay(2));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("REACTIVATED OPEN", "REACTIVATED RESOLVED ARCHIVED");
        assertThat(told).isEmpty();
    }

    @Test
    void hasNotEndedWhenItIsSwitchedOffAndOnAgainAfterItsSilence() {
        // given
        openUntil(20);
        follow(hourOnDay(22));
        assertThat(told).extracting(ending -> ending.run().getResolution()).containsExactly(Resolution.TRAFFIC_STOPPED);

        // when
        desk.define(inState(2, day(23), ExperimentState.INACTIVE), split(3, day(24)));
        judge(day(23));
        judge(day(24));

        // then
        assertThat(told).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
    }

    @Test
    void isToldAgainAtTheEndOfTheDayWhenTrafficOfItsWeekCameLate() {
        // given
        openUntil(20);
        archive(day(20));
        follow(hourOnDay(27));
        told.clear();

        // when
        late(hourOnDay(26), hourOnDay(28));
        late(hourOnDay(25), hourOnDay(28).plusSeconds(3600));
        judge(hourOnDay(28).plusSeconds(3600));
        assertThat(told).isEmpty();
        follow(hourOnDay(40));

        // then
        var endOfDay = Instant.parse("2026-12-02T00:00:00Z");
        assertThat(told)
                .singleElement()
                .satisfies(ending -> assertThat(ending.run().getCorrectedAt()).isEqualTo(endOfDay));
        assertThat(desk.file.getDueAt()).isNull();
    }

    @Test
    void isNotToldAgainOfWhatIsNoPartOfIt() {
        // given
        openUntil(20);
        archive(day(20));

        // when
        late(hourOnDay(19), hourOnDay(21));
        assertThat(desk.file.getEndings().get(0).getCorrectAt())
                .as("before it is measured")
                .isNull();
        follow(hourOnDay(27));
        late(hourOnDay(27), hourOnDay(28));

        // then
        assertThat(desk.file.getEndings().get(0).getCorrectAt())
                .as("after its week")
                .isNull();
    }

    @Test
    void isNotCorrectedWhenItHasBeenTakenBack() {
        // given
        openUntil(20);
        archive(day(20));
        follow(hourOnDay(27));
        late(hourOnDay(26), hourOnDay(28));

        // when
        desk.traffic.hourly(hourOnDay(27), hourOnDay(28), 5);
        judge(hourOnDay(28));
        follow(hourOnDay(30));

        // then
        assertThat(told.subList(2, told.size()))
                .extracting(
                        Verdict.Ending::takenBack,
                        ending -> ending.run().getMeasured(),
                        ending -> ending.run().getCorrectedAt())
                .containsExactly(tuple(true, true, null), tuple(false, false, null));
    }

    @Test
    void doesNotWaitForMoreTextsThanAMessageHolds() {
        // given
        for (int i = 0; i < 50; i++) {
            document(hourOnDay(15), "x".repeat(10_000), null);
        }

        // then
        var oneMore = documented(hourOnDay(15), "x", null);
        assertThat(CaseJudge.note(desk.file, new dev.afterglow.state.PendingAction(oneMore, 0L, oneMore.getAt())))
                .isEmpty();
        var without = Fixtures.action(ALERT, KEY, ActionKind.ACKNOWLEDGE, hourOnDay(15), null);
        assertThat(CaseJudge.note(desk.file, new dev.afterglow.state.PendingAction(without, 0L, without.getAt())))
                .isPresent();
    }

    private void openUntil(long day) {
        desk.define(full(1, START));
        desk.traffic.hourly(START, day(day), 5);
        judge(hourOnDay(14));
        assertThat(desk.alerts).hasSize(1);
    }

    private void archive(Instant at) {
        desk.define(inState(2, at, ExperimentState.ARCHIVED));
        judge(at);
    }

    private void document(Instant at, String learning, String link) {
        desk.act(documented(at, learning, link));
    }

    private static AlertAction documented(Instant at, String learning, String link) {
        return AlertAction.newBuilder(Fixtures.action(ALERT, KEY, ActionKind.DOCUMENTED, at, null))
                .setKeyLearning(learning)
                .setLink(link)
                .build();
    }

    private void judge(Instant at) {
        told.addAll(desk.verdict(at).endings());
    }

    /** As the stage does with it. */
    private void late(Instant hour, Instant heardAt) {
        LateTraffic.note(desk.file, desk.definitions, List.of(hour), heardAt).ifPresent(noted -> desk.file = noted);
    }

    private void follow(Instant until) {
        for (int i = 0; desk.file.getDueAt() != null && !desk.file.getDueAt().isAfter(until); i++) {
            assertThat(i).as("times judged").isLessThan(MOST_JUDGED);
            judge(desk.file.getDueAt());
        }
    }
}
