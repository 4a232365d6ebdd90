package dev.afterglow.streams.dedupe;

/** Ids on the heap, in an open-addressing table with linear probing. */
final class OpenTable implements IdSource {

    /** What {@code find} returns when there is no such id; contents found are from 0 to 2^32 - 1. */
    static final long ABSENT = -1;

    private static final int FIRST_CAPACITY = 16;
    private static final long UNSIGNED = 0xffff_ffffL;
    // Full at 4/5, grown by a quarter: 15 to 18.75 bytes an id, at the price of moving each about four times.
    private static final int GROWTH = 4;
    private static final int ARRAY_HEADER = 16;

    private final long[][] keys = new long[Hashing.SHARDS][];
    private final int[][] contents = new int[Hashing.SHARDS][];
    private final int[] counts = new int[Hashing.SHARDS];
    private final int firstCapacity;
    private long slots;
    private int size;
    // Zero marks a free slot; the id that is zero stands here.
    private long ofZero = ABSENT;

    OpenTable() {
        this(0);
    }

    /** @param expected how many ids there will be, as far as is known: for so many it does not grow */
    OpenTable(int expected) {
        firstCapacity = Math.max(FIRST_CAPACITY, expected / Hashing.SHARDS * 4 / 3);
    }

    int size() {
        return size;
    }

    long heapBytes() {
        return slots * (Long.BYTES + Integer.BYTES) + Hashing.SHARDS * (2L * ARRAY_HEADER + 2 * Long.BYTES);
    }

    long find(long id, long hash) {
        if (id == 0) {
            return ofZero;
        }
        int shard = Hashing.shard(hash);
        long[] table = keys[shard];
        if (table == null) {
            return ABSENT;
        }
        int slot = Hashing.slot(hash, table.length);
        for (long key = table[slot]; key != 0; key = table[slot]) {
            if (key == id) {
                return contents[shard][slot] & UNSIGNED;
            }
            slot = slot + 1 == table.length ? 0 : slot + 1;
        }
        return ABSENT;
    }

    /** Adds an id that is not there. */
    void add(long id, long hash, int content) {
        size++;
        if (id == 0) {
            ofZero = content & UNSIGNED;
            return;
        }
        int shard = Hashing.shard(hash);
        int capacity = keys[shard] == null ? 0 : keys[shard].length;
        if (counts[shard] >= capacity - capacity / 5) {
            grow(shard, capacity == 0 ? firstCapacity : Math.addExact(capacity, capacity / GROWTH));
        }
        counts[shard]++;
        put(shard, id, hash, content);
    }

    private void put(int shard, long id, long hash, int content) {
        long[] table = keys[shard];
        int slot = Hashing.slot(hash, table.length);
        while (table[slot] != 0) {
            slot = slot + 1 == table.length ? 0 : slot + 1;
        }
        table[slot] = id;
        contents[shard][slot] = content;
    }

    private void grow(int shard, int capacity) {
        long[] oldKeys = keys[shard];
        int[] oldContents = contents[shard];
        keys[shard] = new long[capacity];
        contents[shard] = new int[capacity];
        slots += capacity;
        if (oldKeys == null) {
            return;
        }
        slots -= oldKeys.length;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldKeys[slot] != 0) {
                put(shard, oldKeys[slot], Hashing.mix(oldKeys[slot]), oldContents[slot]);
            }
        }
    }

    @Override
    public int count(int shard) {
        return shard == 0 && ofZero != ABSENT ? counts[0] + 1 : counts[shard];
    }

    @Override
    public void forEach(int shard, IdConsumer consumer) {
        if (shard == 0 && ofZero != ABSENT) {
            consumer.accept(0, (int) ofZero);
        }
        long[] table = keys[shard];
        for (int slot = 0; table != null && slot < table.length; slot++) {
            if (table[slot] != 0) {
                consumer.accept(table[slot], contents[shard][slot]);
            }
        }
    }
}
