package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.state.PendingAction;
import dev.afterglow.state.RunEnding;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What was learned from a run, before and after its end. It is a leftover since 2026-11-03 09:20, told of on day 14 at 10:00. */
class EndingsDocumentedTest {

    private static final String ALERT = "LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/1";

    private final Desk desk = new Desk();

    @Test
    void keepsWhatWasLearnedBeforeTheEnd() {
        // given
        desk.openLeftover(20);
        document(hourOnDay(15), "green sells", null);
        desk.judge(hourOnDay(15));
        assertThat(desk.endings).isEmpty();

        // when
        desk.archive(day(20));

        // then
        assertThat(desk.endings)
                .singleElement()
                .satisfies(ending -> assertThat(ending.run().getKeyLearning()).isEqualTo("green sells"));
    }

    @Test
    void tellsAnewWhatIsWrittenDownWhenAllIsOver() {
        // given
        desk.openLeftover(20);
        document(hourOnDay(15), "green sells", "https://wiki/1");
        desk.judge(hourOnDay(15));
        desk.archive(day(20));
        desk.followDueTimes(hourOnDay(27));
        desk.endings.clear();

        // when
        document(hourOnDay(30), "green sells more", null);
        desk.judge(hourOnDay(30));

        // then
        assertThat(desk.alerts).last().extracting(Desk::brief).isEqualTo("LEFTOVER_ROLLOUT RESOLVED ARCHIVED");
        assertThat(desk.endings).singleElement().satisfies(ending -> {
            assertThat(ending.run().getMeasured()).isTrue();
            assertThat(ending.run())
                    .extracting(RunEnding::getKeyLearning, RunEnding::getLink)
                    .containsExactly("green sells more", "https://wiki/1");
        });
    }

    @Test
    void tellsNothingOfWhatIsWrittenDownTwice() {
        // given
        desk.openLeftover(20);
        document(hourOnDay(15), "green sells", null);
        desk.judge(hourOnDay(15));
        desk.archive(day(20));
        desk.endings.clear();

        // when
        document(hourOnDay(21), "green sells", null);
        desk.judge(hourOnDay(21));

        // then
        assertThat(desk.endings).isEmpty();
    }

    @Test
    void doesNotWaitForMoreTextsThanAMessageHolds() {
        // given
        for (int i = 0; i < 50; i++) {
            document(hourOnDay(15), "x".repeat(10_000), null);
        }

        // then
        var oneMore = documented(hourOnDay(15), "x", null);
        assertThat(CaseJudge.note(desk.file, new PendingAction(oneMore, 0L, oneMore.getAt())))
                .isEmpty();
        var without = Fixtures.action(ALERT, KEY, ActionKind.ACKNOWLEDGE, hourOnDay(15), null);
        assertThat(CaseJudge.note(desk.file, new PendingAction(without, 0L, without.getAt())))
                .isPresent();
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
}
