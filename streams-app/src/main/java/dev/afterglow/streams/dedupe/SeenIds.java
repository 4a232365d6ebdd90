package dev.afterglow.streams.dedupe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Says of an event id whether it was seen before, and remembers it when it was not. For one thread.
 *
 * <p>An id is a duplicate when its first sight lies in the same hour of arrival, or in one of the hours before as far as
 * the horizon reaches. A segment is forgotten when its own horizon has passed, whatever a later event asks.
 */
public final class SeenIds {

    private static final int BEFORE_ALL = Integer.MIN_VALUE;
    private static final int LONGEST_HORIZON = 24 * 366;

    private final Spill spill;
    private final IdLimits limits;
    private final SealedIndex sealed;
    // Few, and looked at once an hour; the oldest first.
    private final List<Segment> segments = new ArrayList<>();
    private final Map<SegmentName, Sequences> expired = new HashMap<>();

    private int now = BEFORE_ALL;
    private int newestRestored = BEFORE_ALL;
    private int openIds;
    private Segment[] current = {};

    SeenIds(Spill spill, IdLimits limits) {
        this.spill = spill;
        this.limits = limits;
        sealed = new SealedIndex(spill);
    }

    /**
     * Looks for an id, and remembers it when it is new.
     *
     * @param id fingerprint of the event's id, any value
     * @param contents fingerprint of what the event says, any value
     * @param hourOfArrival whole hours since 1970-01-01T00:00Z; never goes back (an earlier one is taken for the latest)
     * @param horizonHours hours before that of the arrival in which a first sight makes a duplicate, 0 to 8,784
     * @return what is known of the id
     * @throws SpillException when the disk is full
     */
    public Sighting see(long id, int contents, long hourOfArrival, int horizonHours) {
        if (hourOfArrival != now) {
            passTo(hourOfArrival);
        }
        long hash = Hashing.mix(id);
        long found = find(id, hash, now - horizonHours);
        if (found != OpenTable.ABSENT) {
            return (int) found == contents ? Sighting.DUPLICATE : Sighting.CONFLICT;
        }
        if (openIds >= limits.maxOpenIds()) {
            spillLargest();
        }
        currentSegment(horizonHours).add(id, hash, contents);
        openIds++;
        return Sighting.NEW;
    }

    private long find(long id, long hash, int oldest) {
        for (Segment segment : current) {
            long found = segment.open.find(id, hash);
            if (found != OpenTable.ABSENT) {
                return found;
            }
        }
        return sealed.find(id, hash, oldest);
    }

    private Segment currentSegment(int horizon) {
        for (Segment segment : current) {
            if (segment.horizon == horizon) {
                return segment;
            }
        }
        if (horizon < 0 || horizon > LONGEST_HORIZON) {
            throw new IllegalArgumentException(
                    "The horizon of an event id is " + horizon + " hours; it has to be from 0 to " + LONGEST_HORIZON);
        }
        var segment = segment(horizon, now);
        index();
        return segment;
    }

    private Segment segment(int horizon, int hour) {
        for (int at = segments.size() - 1; at >= 0; at--) {
            var segment = segments.get(at);
            if (segment.hour == hour && segment.horizon == horizon) {
                return segment;
            }
        }
        var segment = new Segment(horizon, hour, expected(horizon, hour));
        segments.add(segment);
        segments.sort(Comparator.comparingInt((Segment each) -> each.hour));
        return segment;
    }

    /** Three quarters of what the hour before had: an hour that has fewer wastes little. */
    private int expected(int horizon, int hour) {
        return segments.stream()
                .filter(segment -> segment.horizon == horizon && segment.hour == hour - 1)
                .mapToLong(segment -> Math.min(segment.size(), limits.maxOpenIds()) * 3 / 4)
                .mapToInt(Math::toIntExact)
                .findAny()
                .orElse(0);
    }

    private void passTo(long hour) {
        assert hour >= now && hour >= newestRestored : "hour " + hour + " after " + Math.max(now, newestRestored);
        int latest = Math.max(Math.max(now, newestRestored), Math.toIntExact(hour));
        try {
            moveOn(latest);
            // Only now: when the disk was full, the next event has to try again, not to look past what is still open.
            now = latest;
        } finally {
            // In any case, for what was freed must not be touched.
            index();
        }
    }

    /** Forgets what is too old at that hour, and moves what is past off the heap. */
    private void moveOn(int hour) {
        for (Segment segment : segments) {
            if (segment.expiredAt(hour)) {
                segment.free();
                if (!segment.logged.isEmpty()) {
                    expired.put(new SegmentName(segment.horizon, segment.hour), segment.logged);
                }
            } else if (segment.hour < hour) {
                segment.settle(spill);
            }
        }
        segments.removeIf(segment -> segment.expiredAt(hour));
    }

    private void spillLargest() {
        var largest = segments.stream()
                .max(Comparator.comparingInt(segment -> segment.open.size()))
                .orElseThrow();
        largest.spill(spill);
        index();
    }

    private void index() {
        current = segments.stream().filter(segment -> segment.hour == now).toArray(Segment[]::new);
        openIds = segments.stream().mapToInt(segment -> segment.open.size()).sum();
        sealed.take(segments.stream().flatMap(segment -> segment.parts.stream()).toList(), now);
    }

    /** Hands over what is to be written to the changelog, and to be deleted there, since the last time. */
    void drain(BiConsumer<BatchKey, byte[]> added, Consumer<BatchKey> deleted) {
        expired.forEach((name, logged) ->
                logged.forEach(sequence -> deleted.accept(new BatchKey(name.horizon(), name.hour(), sequence))));
        expired.clear();
        segments.forEach(segment -> segment.drain(added, segment.hour < now));
    }

    /** Takes a record of the changelog, in its order. @param batch null for one that was deleted */
    void restore(BatchKey key, byte[] batch) {
        if (key.hour() > newestRestored) {
            newestRestored = key.hour();
            moveOn(newestRestored);
            index();
        }
        var name = new SegmentName(key.horizon(), key.hour());
        boolean tooOld = (long) key.hour() + key.horizon() < newestRestored;
        if (batch == null) {
            forget(name, key.sequence());
        } else if (tooOld) {
            expired.computeIfAbsent(name, any -> new Sequences()).add(key.sequence());
        } else {
            if (openIds + batch.length / PendingBatches.ID_BYTES > limits.maxOpenIds() && openIds > 0) {
                spillLargest();
            }
            openIds += segment(key.horizon(), key.hour()).restore(key.sequence(), batch);
        }
    }

    private void forget(SegmentName name, long sequence) {
        var logged = expired.get(name);
        if (logged != null) {
            logged.remove(sequence);
        }
    }

    /** Gives back files and memory. */
    void close() {
        segments.forEach(Segment::free);
        segments.clear();
        expired.clear();
        index();
    }

    /** @return ids remembered */
    public long size() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    /** @return bytes of heap taken by tables, by what is not logged yet, and by the keys of what is */
    public long heapBytes() {
        return segments.stream().mapToLong(Segment::heapBytes).sum()
                + expired.values().stream().mapToLong(Sequences::heapBytes).sum();
    }

    /** @return bytes outside the heap: mapped files, and direct memory for parts too small for one */
    public long mappedBytes() {
        return segments.stream().mapToLong(Segment::mappedBytes).sum() + sealed.bytes();
    }

    /** @return pairs of an hour of arrival and a horizon of which ids are remembered */
    public int segments() {
        return segments.size();
    }

    private record SegmentName(int horizon, int hour) {}
}
