package dev.afterglow.streams.flow;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is to be judged when, in the order of time, so that what is due is found without looking at the rest. */
public final class DueIndex {

    private static final int DIGITS = 15;

    /** A time of more digits, as one given in microseconds by mistake has, would be taken apart in the wrong place. */
    private static final long LAST = 999_999_999_999_999L;

    private final KeyValueStore<String, Long> store;
    private final Upcoming upcoming;

    /**
     * The only index of its store.
     *
     * @param store holds nothing else
     */
    public DueIndex(KeyValueStore<String, Long> store) {
        this(store, new Upcoming());
    }

    /**
     * One of several of a store, all of them made when the task starts.
     *
     * @param store holds nothing else
     * @param upcoming what all of them remember of it
     */
    public DueIndex(KeyValueStore<String, Long> store, Upcoming upcoming) {
        this.store = store;
        this.upcoming = upcoming;
        upcoming.read(store);
    }

    /**
     * The keys of the store, in order. A store on the heap copies all keys of a range before it goes through them: with
     * many that are due at once, each look would cost more than a turn of judging may. They are read when the task starts,
     * before its first turn.
     */
    public static final class Upcoming {

        private final TreeSet<String> keys = new TreeSet<>();

        private void read(KeyValueStore<String, Long> store) {
            // Of a task that was a standby in between, others have gone on with the store.
            keys.clear();
            try (var rows = store.all()) {
                rows.forEachRemaining(row -> keys.add(row.key));
            }
        }
    }

    /**
     * Something that is due.
     *
     * @param at when; kept between 1970 and the year 33000, and to the millisecond
     * @param subject what; those of one time come in its order
     */
    public record Due(Instant at, String subject) {

        private String key() {
            return keyOf(at) + subject;
        }

        private static Due parse(String key) {
            return new Due(Instant.ofEpochMilli(Long.parseLong(key.substring(0, DIGITS))), key.substring(DIGITS + 1));
        }
    }

    /** Adds what may be in it already: traffic says the same again with every commit. */
    public void add(Instant at, String subject) {
        String key = new Due(at, subject).key();
        if (store.get(key) == null) {
            store.put(key, 1L);
            upcoming.keys.add(key);
        }
    }

    /** Whether something is due that was added and not taken out. */
    public boolean contains(Instant at, String subject) {
        return store.get(new Due(at, subject).key()) != null;
    }

    /**
     * The first in the order of time; empty when none is due by the limit. There may be more than are given.
     *
     * @param limit the last time that is looked at
     * @param most how many are given at once
     */
    public List<Due> earliest(Instant limit, int most) {
        var beyond = keyOf(limit.plusMillis(1));
        return upcoming.keys.headSet(beyond).stream()
                .limit(most)
                .map(Due::parse)
                .toList();
    }

    /** Takes one out. */
    public void remove(Due due) {
        store.delete(due.key());
        upcoming.keys.remove(due.key());
    }

    /** Before 1970 is at once, and beyond the year 33000 never comes. */
    private static String keyOf(Instant at) {
        var digits = Long.toString(Math.min(Math.max(0, at.toEpochMilli()), LAST));
        return "0".repeat(DIGITS - digits.length()) + digits + '/';
    }
}
