package dev.afterglow.streams.dedupe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Set;

/** Sealed parts behind one filter more: an id that was not seen before asks it in place of each part. */
final class PartGroup {

    private final Space space;
    private final LongBuffer filter;
    private final int words;
    private final long bytes;
    private SealedPart[] newestFirst;

    PartGroup(List<SealedPart> newestFirst, Space space, ByteBuffer filter) {
        this.newestFirst = newestFirst.toArray(SealedPart[]::new);
        this.space = space;
        this.filter = filter.order(ByteOrder.nativeOrder()).asLongBuffer();
        words = this.filter.capacity();
        bytes = filter.capacity();
    }

    /** Forgets the parts that are no more: their memory must not be touched. @return whether any is left */
    boolean keep(Set<SealedPart> living) {
        newestFirst = List.of(newestFirst).stream().filter(living::contains).toArray(SealedPart[]::new);
        return newestFirst.length > 0;
    }

    List<SealedPart> parts() {
        return List.of(newestFirst);
    }

    int newestHour() {
        return newestFirst[0].hour;
    }

    long bytes() {
        return bytes;
    }

    void free() {
        space.free();
    }

    long find(long id, long hash, long mask, int oldest) {
        if ((filter.get(Hashing.word(hash, words)) & mask) != mask) {
            return OpenTable.ABSENT;
        }
        return findIn(newestFirst, id, hash, mask, oldest);
    }

    static long findIn(SealedPart[] newestFirst, long id, long hash, long mask, int oldest) {
        for (SealedPart part : newestFirst) {
            if (part.hour < oldest) {
                break;
            }
            long found = part.find(id, hash, mask);
            if (found != OpenTable.ABSENT) {
                return found;
            }
        }
        return OpenTable.ABSENT;
    }
}
