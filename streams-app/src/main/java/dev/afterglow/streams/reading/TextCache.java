package dev.afterglow.streams.reading;

import java.util.Arrays;
import java.util.function.Function;

/**
 * What belongs to a text of few values, such as the project of an event, without making a string for each event. Bounded:
 * invented texts push others out, which costs time and nothing else. For one thread.
 *
 * @param <V> what is kept for each text; a function of the text alone
 */
public final class TextCache<V> {
    private static final byte TEXT = 5;

    private record Entry<V>(byte[] bytes, V value) {}

    private final TextField field;
    private final Function<String, V> make;
    private final KeyBuffer buffer = new KeyBuffer();
    private final Entry<V>[] entries;
    private byte[] lastText = {};
    private V lastValue;

    /**
     * @param field the text of an event, which must not be null where this is asked
     * @param capacity how many texts are kept at most; a power of two
     * @param make gives the value of a text
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public TextCache(TextField field, int capacity, Function<String, V> make) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("a capacity of " + capacity + " is no power of two");
        }
        this.field = field;
        this.make = make;
        entries = new Entry[capacity];
    }

    /** The value of an event's text. */
    public V of(EventView event) {
        if (lastValue == null || !event.hasText(field, lastText)) {
            look(event);
        }
        return lastValue;
    }

    private void look(EventView event) {
        int slot = (int) buffer.start(TEXT).put(event, field).hash() & entries.length - 1;
        Entry<V> entry = entries[slot];
        if (entry == null || !event.hasText(field, entry.bytes())) {
            String text = event.text(field);
            int from = event.offset(field);
            byte[] bytes = Arrays.copyOfRange(event.bytes(), from, from + event.length(field));
            entry = new Entry<>(bytes, make.apply(text));
            entries[slot] = entry;
        }
        lastText = entry.bytes();
        lastValue = entry.value();
    }
}
