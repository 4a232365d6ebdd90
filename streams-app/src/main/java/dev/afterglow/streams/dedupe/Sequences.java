package dev.afterglow.streams.dedupe;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** The batches of a segment that stand in the changelog, by the sequence in their keys. */
final class Sequences {

    private long[] values = new long[4];
    private int head;
    private int tail;

    void add(long sequence) {
        if (tail == values.length) {
            values = Arrays.copyOfRange(values, head, Math.addExact(tail, (tail - head) / 4 + 4));
            tail -= head;
            head = 0;
        }
        values[tail++] = sequence;
    }

    /** Tombstones come in the order of what they delete, so that mostly the first one is meant. */
    void remove(long sequence) {
        for (int at = head; at < tail; at++) {
            if (values[at] == sequence) {
                System.arraycopy(values, head, values, head + 1, at - head);
                head++;
                return;
            }
        }
    }

    boolean isEmpty() {
        return head == tail;
    }

    void forEach(LongConsumer consumer) {
        for (int at = head; at < tail; at++) {
            consumer.accept(values[at]);
        }
    }

    long heapBytes() {
        return (long) values.length * Long.BYTES;
    }
}
