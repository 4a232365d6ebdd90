package dev.afterglow.streams.cost;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which periods have to be published, and whose budgets have to be judged again after that. */
final class PeriodMarks {

    /** The only mark of earlier releases. */
    private static final long BOTH = 1;

    private static final long JUDGE = 2;
    private static final long PUBLISH = 3;

    private final KeyValueStore<String, Long> store;

    PeriodMarks(KeyValueStore<String, Long> store) {
        this.store = store;
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

    void judged(PeriodKey period) {
        store.delete(period.toString());
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
        try (var all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value == one || entry.value == other) {
                    periods.add(PeriodKey.parse(entry.key));
                }
            });
        }
        return periods;
    }
}
