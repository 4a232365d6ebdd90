package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AccountCost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Knows which periods are final, and which become so, in the time of the traffic.
 *
 * <p>What arrives for a period after that is a correction. Only backfill can: where partitions are read at different
 * speeds, as in a replay from the beginning, such a late change may be in the final figures instead. Both together come to the
 * same.
 */
final class PeriodDesk {

    /** Of a period whose first usage came before any watermark did. */
    private static final long BEFORE_ANY = -1;

    private static final StringSerializer STRINGS = new StringSerializer();

    private final Accounts accounts;
    private final PeriodClose close;
    private final KeyValueStore<String, Long> open;
    private final KeyValueStore<String, AccountCost> finals;
    private final KeyValueStore<String, Long> revisions;
    private Instant looked;

    /**
     * @param open periods that are not final, with the watermark at their first usage in milliseconds
     * @param finals what was published last of those that are
     * @param revisions every period of which something was published
     */
    PeriodDesk(
            Accounts accounts,
            PeriodClose close,
            KeyValueStore<String, Long> open,
            KeyValueStore<String, AccountCost> finals,
            KeyValueStore<String, Long> revisions) {
        this.accounts = accounts;
        this.close = close;
        this.open = open;
        this.finals = finals;
        this.revisions = revisions;
    }

    /**
     * Remembers when a period was first heard of.
     *
     * @return whether that is now
     */
    boolean used(PeriodKey period, Optional<Instant> at) {
        boolean isFirst = !isKnown(period);
        if (finals.get(period.toString()) == null) {
            knownSince(period, at);
        }
        return isFirst;
    }

    /** Whether a period was heard of. */
    boolean isKnown(PeriodKey period) {
        var key = period.toString();
        return open.get(key) != null || revisions.get(key) != null;
    }

    /** The periods of an account that were heard of, in order. */
    Set<PeriodKey> known(String account) {
        return keys(store -> store.prefixScan(account + '/', STRINGS));
    }

    /** All periods that were heard of, in order. */
    Set<PeriodKey> known() {
        return keys(KeyValueStore::all);
    }

    private Set<PeriodKey> keys(Function<KeyValueStore<String, Long>, KeyValueIterator<String, Long>> scan) {
        var periods = new TreeSet<PeriodKey>();
        for (var store : List.of(open, revisions)) {
            try (var rows = scan.apply(store)) {
                rows.forEachRemaining(entry -> periods.add(PeriodKey.parse(entry.key)));
            }
        }
        return periods;
    }

    /** The periods that are final now and were not yet; periods end on quarter-hours, and are looked at as often. */
    List<PeriodKey> due(Instant at) {
        var quarter = UtcGrid.floorQuarter(at);
        if (quarter.equals(looked)) {
            return List.of();
        }
        if (looked == null) {
            openThoseOfEarlierReleases();
        }
        looked = quarter;
        var periods = new ArrayList<PeriodKey>();
        try (var all = open.all()) {
            all.forEachRemaining(entry -> periods.add(PeriodKey.parse(entry.key)));
        }
        return periods.stream()
                .filter(period ->
                        finality(period, endOf(period), Optional.of(at)).at().isPresent())
                .toList();
    }

    /**
     * How final what is published of a period now is.
     *
     * @param end first instant after the period
     * @param at how far the traffic has come; empty while that is unknown
     */
    Finality finality(PeriodKey period, Instant end, Optional<Instant> at) {
        var published = finals.get(period.toString());
        if (published != null) {
            return new Finality(Optional.of(published.getFinalAt()), Optional.of(published));
        }
        var finalFrom = close.finalFrom(end, Instant.ofEpochMilli(knownSince(period, at)));
        boolean isFinal = at.filter(now -> !now.isBefore(finalFrom)).isPresent();
        return new Finality(isFinal ? Optional.of(finalFrom) : Optional.empty(), Optional.empty());
    }

    /** Whether an account's costs have to be told: those of a final period only when something of them changed. */
    boolean isNews(PeriodKey period, AccountCost cost) {
        var before = finals.get(period.toString());
        return before == null
                || !AccountCost.newBuilder(before)
                        .setRevision(cost.getRevision())
                        .build()
                        .equals(cost);
    }

    /** Remembers what was published. */
    void published(PeriodKey period, AccountCost cost) {
        if (cost.getFinalAt() != null) {
            finals.put(period.toString(), cost);
            open.delete(period.toString());
        }
    }

    private long knownSince(PeriodKey period, Optional<Instant> at) {
        Long since = open.get(period.toString());
        if (since == null || since == BEFORE_ANY) {
            since = at.map(Instant::toEpochMilli).orElse(BEFORE_ANY);
            open.put(period.toString(), since);
        }
        return since;
    }

    private void openThoseOfEarlierReleases() {
        var unknown = new ArrayList<String>();
        try (var all = revisions.all()) {
            all.forEachRemaining(entry -> {
                if (open.get(entry.key) == null && finals.get(entry.key) == null) {
                    unknown.add(entry.key);
                }
            });
        }
        unknown.forEach(period -> open.put(period, BEFORE_ANY));
    }

    private Instant endOf(PeriodKey period) {
        return accounts.plans(period.account()).pricing(period.month()).end();
    }
}
