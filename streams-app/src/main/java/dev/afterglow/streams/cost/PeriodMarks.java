package dev.afterglow.streams.cost;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which periods have to be published, and whose budgets have to be judged again after that. Each of these has a mark of its
 * own, so that an account with thousands of them is judged piece by piece, and a restart goes on where it was.
 */
final class PeriodMarks {

    private static final StringSerializer STRINGS = new StringSerializer();

    /** Begins the marks of budgets; no account does, and all of them come before it. */
    private static final String BUDGET = "~";

    /** The only mark of earlier releases. */
    private static final long BOTH = 1;

    private static final long JUDGE = 2;
    private static final long PUBLISH = 3;

    /** A budget that has to be judged again in a period. */
    record Mark(PeriodKey period, String budgetId) {

        private String key() {
            return BUDGET + period.prefix() + budgetId;
        }

        private static Mark parse(String key) {
            var period = PeriodKey.parse(key.substring(BUDGET.length()));
            return new Mark(
                    period, key.substring(BUDGET.length() + period.prefix().length()));
        }
    }

    private final KeyValueStore<String, Long> store;

    /** Marks of budgets: a store on the heap copies all that it has of a range for each look. */
    private final TreeSet<String> budgets = new TreeSet<>();

    private String last = BUDGET;

    /** @param store as it is when the task starts */
    PeriodMarks(KeyValueStore<String, Long> store) {
        this.store = store;
        try (var marks = store.prefixScan(BUDGET, STRINGS)) {
            marks.forEachRemaining(mark -> budgets.add(mark.key));
        }
    }

    /**
     * More was used, in quarter-hours that have not been judged yet.
     *
     * @return whether the period was not marked before
     */
    boolean publish(PeriodKey period) {
        return mark(period, PUBLISH);
    }

    /**
     * Something changed that is not judged by the quarter-hour.
     *
     * @return whether the period was not marked before
     */
    boolean publishAndJudge(PeriodKey period) {
        return mark(period, BOTH);
    }

    /** Figures are what they were, and budgets may not be. */
    void judge(PeriodKey period) {
        mark(period, JUDGE);
    }

    List<PeriodKey> toPublish() {
        return marked(BOTH, PUBLISH);
    }

    void published(PeriodKey period) {
        var key = period.toString();
        if (store.get(key) == BOTH) {
            store.put(key, JUDGE);
        } else {
            store.delete(key);
        }
    }

    /** Those whose newest figures have been published. */
    List<PeriodKey> toJudge() {
        return marked(JUDGE, JUDGE);
    }

    /** Puts marks of the budgets in the place of that of their period. Marked again, all of them have to be judged once more. */
    void judgeEach(PeriodKey period, Collection<String> budgetIds) {
        for (var id : budgetIds) {
            var key = new Mark(period, id).key();
            store.put(key, JUDGE);
            budgets.add(key);
        }
        store.delete(period.toString());
    }

    /**
     * A budget that has to be judged again; by period and id, from the one judged last on and round, so that none waits for
     * another that is marked again and again.
     */
    Optional<Mark> nextToJudge() {
        return Optional.ofNullable(budgets.higher(last))
                .or(() -> budgets.stream().findFirst())
                .map(Mark::parse);
    }

    void judged(Mark budget) {
        last = budget.key();
        store.delete(last);
        budgets.remove(last);
    }

    private boolean mark(PeriodKey period, long mark) {
        Long before = store.get(period.toString());
        if (before == null) {
            store.put(period.toString(), mark);
        } else if (before != mark && before != BOTH) {
            store.put(period.toString(), BOTH);
        }
        return before == null;
    }

    private List<PeriodKey> marked(long one, long other) {
        var periods = new ArrayList<PeriodKey>();
        try (var all = store.range("", BUDGET)) {
            all.forEachRemaining(entry -> {
                if (entry.value == one || entry.value == other) {
                    periods.add(PeriodKey.parse(entry.key));
                }
            });
        }
        return periods;
    }
}
