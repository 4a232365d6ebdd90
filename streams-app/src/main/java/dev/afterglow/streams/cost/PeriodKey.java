package dev.afterglow.streams.cost;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.YearMonth;
import java.util.Comparator;

/**
 * An account and one of its periods; its text is the key of an {@code AccountCost}.
 *
 * @param account slug of the account
 * @param month the calendar month in the zone of the account
 */
record PeriodKey(String account, YearMonth month) implements Comparable<PeriodKey> {

    private static final Comparator<PeriodKey> ORDER =
            Comparator.comparing(PeriodKey::account).thenComparing(PeriodKey::month);

    static PeriodKey parse(String text) {
        var parts = text.split("/", -1);
        return new PeriodKey(parts[0], YearMonth.parse(parts[1]));
    }

    static PeriodKey ofRow(String key) {
        return parse(key);
    }

    /** The month after it. */
    PeriodKey next() {
        return new PeriodKey(account, month.plusMonths(1));
    }

    /** What the keys of all shares of the period begin with. */
    String prefix() {
        return this + "/";
    }

    /** Key of the share of an experiment. */
    String rowOf(ExperimentKey experiment) {
        return prefix() + experiment;
    }

    @Override
    public int compareTo(PeriodKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return account + '/' + month;
    }
}
