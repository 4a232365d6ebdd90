package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.CleanupAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaseReplayTest {

    private static final Instant UNTIL = RandomHistory.TO.minusMillis(1);

    static LongStream seeds() {
        return LongStream.range(1_000, 1_160);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesTheMessagesOfOneWhoJudgesEveryHour(long seed) {
        // given
        var history = new RandomHistory(seed);

        // when
        var replayed = CaseReplay.messages(caseOf(history), history.policies, UNTIL);

        // then
        assertThat(replayed).isEqualTo(judgedEveryHour(history));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesOfAShorterTimeTheMessagesOfThatTime(long seed) {
        // given
        var history = new RandomHistory(seed);
        var all = CaseReplay.messages(caseOf(history), history.policies, UNTIL);
        var until = RandomHistory.FROM.plusSeconds(10 * 86_400 + seed);

        // when
        var replayed = CaseReplay.messages(caseOf(history), history.policies, until);

        // then
        assertThat(replayed)
                .isEqualTo(all.stream()
                        .filter(message -> !message.getAt().isAfter(until))
                        .toList());
    }

    @Test
    void leavesOutActionsThatNoInstanceTakes() {
        // given
        var history = new RandomHistory(1_000);
        var nobody = Fixtures.action(
                "LEFTOVER_ROLLOUT/" + Fixtures.KEY + "/-/1",
                Fixtures.KEY,
                ActionKind.UNKNOWN,
                RandomHistory.FROM.plusSeconds(9),
                null);
        var actions = new ArrayList<AlertAction>(history.actions);
        actions.add(nobody);

        // when
        var replayed = CaseReplay.messages(caseOf(history, actions), history.policies, UNTIL);

        // then
        assertThat(replayed).isEqualTo(CaseReplay.messages(caseOf(history), history.policies, UNTIL));
    }

    private static CaseHistory caseOf(RandomHistory history) {
        return caseOf(history, history.actions);
    }

    private static CaseHistory caseOf(RandomHistory history, List<AlertAction> actions) {
        var hourEnds = new TreeSet<Instant>();
        history.traffic.quarterStarts().forEach(quarter -> hourEnds.add(UtcGrid.nextHour(quarter)));
        return new CaseHistory(Fixtures.KEY, history.definitions, history.traffic, hourEnds, actions);
    }

    private static List<CleanupAlert> judgedEveryHour(RandomHistory history) {
        var desk = new Desk().under(history.policies);
        desk.definitions = history.definitions;
        history.actions.forEach(desk::act);
        var instants = history.news();
        for (var hour = RandomHistory.FROM; !hour.isAfter(UNTIL); hour = UtcGrid.nextHour(hour)) {
            instants.add(hour);
        }
        for (var at : instants.headSet(UNTIL, true)) {
            var verdict = CaseJudge.judge(
                    desk.file, Fixtures.KEY, history.definitions, history.policies, history.traffic, at);
            desk.file = verdict.next();
            desk.alerts.addAll(verdict.alerts());
        }
        return desk.alerts;
    }
}
