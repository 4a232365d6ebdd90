package dev.afterglow.streams.flow;

import java.util.Arrays;

/**
 * Rows of numbers by a key, all in one array, in the order of the keys: for the few quarter-hours of each of hundreds of
 * thousands of variants. They outlive several collections, and those would have to copy each object. A row that is new moves those of
 * higher keys: tens of thousands of rows are to come in their order. For one thread.
 */
public final class SortedRows {
    private final int width;
    private long[] cells;
    private int size;
    private int latest;

    /** @param numbers of a row, besides its key */
    public SortedRows(int numbers) {
        width = 1 + numbers;
        cells = new long[width];
    }

    /** How many rows there are: they are 0 to one less. */
    public int size() {
        return size;
    }

    /** The key of a row; the later the row, the higher. */
    public long key(int row) {
        return cells[row * width];
    }

    /** A number of a row, the first being 0. */
    public long get(int row, int number) {
        return cells[row * width + 1 + number];
    }

    /** Sets a number of a row. */
    public void set(int row, int number, long value) {
        cells[row * width + 1 + number] = value;
    }

    /** The row of a key; a new one of zeros where there was none, and those behind it move up by one. */
    public int rowOf(long key) {
        if (latest < size && key(latest) == key) {
            return latest;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (key(middle) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == size || key(low) != key) {
            insert(low, key);
        }
        latest = low;
        return low;
    }

    /** Takes all rows out; room for so many of them is kept, 1 or more. */
    public void clear(int kept) {
        size = 0;
        if (cells.length > kept * width) {
            cells = new long[kept * width];
        }
    }

    private void insert(int row, long key) {
        if ((size + 1) * width > cells.length) {
            cells = Arrays.copyOf(cells, 2 * cells.length);
        }
        int from = row * width;
        System.arraycopy(cells, from, cells, from + width, size * width - from);
        Arrays.fill(cells, from, from + width, 0);
        cells[from] = key;
        size++;
    }
}
