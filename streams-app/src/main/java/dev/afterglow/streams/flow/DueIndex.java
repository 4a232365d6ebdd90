package dev.afterglow.streams.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is to be judged when, in the order of time, so that what is due is found without looking at the rest. */
public final class DueIndex {

    private static final int DIGITS = 15;

    /** A time of more digits, as one given in microseconds by mistake has, would be taken apart in the wrong place. */
    private static final long LAST = 999_999_999_999_999L;

    private final KeyValueStore<String, Long> store;

    /** @param store holds nothing else */
    public DueIndex(KeyValueStore<String, Long> store) {
        this.store = store;
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
        }
    }

    /**
     * The first in the order of time; empty when none is due by the limit. A store on the heap copies the keys of a range
     * before it goes through them: rows beyond the limit are not touched, and it pays to ask for many at once.
     *
     * @param limit the last time that is looked at
     * @param most how many are given at once
     */
    public List<Due> earliest(Instant limit, int most) {
        var earliest = new ArrayList<Due>();
        try (var rows = store.range("", keyOf(limit.plusMillis(1)))) {
            while (rows.hasNext() && earliest.size() < most) {
                earliest.add(Due.parse(rows.next().key));
            }
        }
        return earliest;
    }

    /** Takes one out. */
    public void remove(Due due) {
        store.delete(due.key());
    }

    /** Before 1970 is at once, and beyond the year 33000 never comes. */
    private static String keyOf(Instant at) {
        var digits = Long.toString(Math.min(Math.max(0, at.toEpochMilli()), LAST));
        return "0".repeat(DIGITS - digits.length()) + digits + '/';
    }
}
