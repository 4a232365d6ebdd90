package dev.afterglow.streams.cost;

import java.time.Clock;
import java.time.Instant;

/**
 * Has budgets judged again in the periods of which something changed: one after the other, in turns, so that an account with
 * thousands of them keeps the thread no longer than one with few. To be called when all quarter-hours that are complete have
 * been judged; those that become complete meanwhile come first, so that what a budget says stays in the order of time.
 */
final class BudgetReviews {

    static final int JUDGED_PER_TURN = 500;

    private final PeriodMarks marks;
    private final QuarterWatch quarters;
    private final Clock clock;

    /** @param clock that tells when a turn has taken long enough */
    BudgetReviews(PeriodMarks marks, QuarterWatch quarters, Clock clock) {
        this.marks = marks;
        this.quarters = quarters;
        this.clock = clock;
    }

    /**
     * Judges as much as one turn allows.
     *
     * @return whether that was all
     */
    boolean advance(Instant watermark) {
        long ends = clock.millis() + QuarterWatch.TURN_MS;
        for (PeriodKey period : marks.toJudge()) {
            marks.judgeEach(period, quarters.toJudgeAgain(period, watermark));
            if (clock.millis() >= ends) {
                return false;
            }
        }
        for (int judged = 0; judged < JUDGED_PER_TURN; judged++) {
            var budget = marks.nextToJudge();
            if (budget.isEmpty()) {
                return true;
            }
            quarters.judgeAgain(budget.get().period(), budget.get().budgetId(), watermark);
            marks.judged(budget.get());
            if (clock.millis() >= ends) {
                break;
            }
        }
        return marks.nextToJudge().isEmpty();
    }
}
