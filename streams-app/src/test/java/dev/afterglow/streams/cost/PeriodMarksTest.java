package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.testkit.HeapStores;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class PeriodMarksTest {

    private static final PeriodKey BUSY = new PeriodKey("busy", YearMonth.of(2026, 11));
    private static final PeriodKey OTHER = new PeriodKey("other", YearMonth.of(2026, 11));

    private final KeyValueStore<String, Long> store = HeapStores.keyValue(Serdes.Long());
    private final PeriodMarks marks = new PeriodMarks(store);

    @Test
    void letsNoBudgetWaitForOthersThatAreMarkedAgainAndAgain() {
        // given
        marks.judgeEach(OTHER, List.of("theirs"));
        var judged = new ArrayList<String>();

        // when
        for (int turn = 0; turn < 3; turn++) {
            marks.judgeEach(BUSY, List.of("a", "b"));
            var next = marks.nextToJudge().orElseThrow();
            marks.judged(next);
            judged.add(next.budgetId());
        }

        // then
        assertThat(judged).containsExactly("a", "b", "theirs");
    }

    @Test
    void goesOnWithWhatWasMarkedBeforeAStart() {
        // given
        marks.judgeEach(BUSY, List.of("a", "b"));
        marks.judged(marks.nextToJudge().orElseThrow());

        // when
        var restarted = new PeriodMarks(store);

        // then
        var next = restarted.nextToJudge().orElseThrow();
        assertThat(next).isEqualTo(new PeriodMarks.Mark(BUSY, "b"));
        restarted.judged(next);
        assertThat(restarted.nextToJudge()).isEmpty();
    }
}
