package dev.afterglow.streams.dedupe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes sealed parts into a directory, one shard at a time. */
final class Spill {

    static final Logger LOGGER = LoggerFactory.getLogger(Spill.class);

    private final Path directory;

    Spill(Path directory) {
        this.directory = directory;
    }

    /** @return one part with the ids of all {@code sources}, which have none in common and are left as they are */
    SealedPart seal(int hour, List<? extends IdSource> sources) {
        var layout = Layout.of(sources);
        Space space = null;
        try {
            space = Space.of(directory, layout.bytes());
            var writer = new Writer(layout, space);
            for (int shard = 0; shard < Hashing.SHARDS; shard++) {
                writer.write(shard, sources);
            }
            writer.writeFilter();
            return new SealedPart(hour, layout, space, space.read(), writer.ofZero);
        } catch (IOException | OutOfMemoryError e) {
            if (space != null) {
                space.free();
            }
            throw new SpillException(directory, layout.bytes(), e);
        }
    }

    /** @return the parts behind one filter more */
    PartGroup group(List<SealedPart> newestFirst) {
        int words = Layout.of(newestFirst).filterWords();
        long bytes = (long) words * Long.BYTES;
        Space space = null;
        try {
            space = Space.of(directory, bytes);
            long[] filter = new long[words];
            for (SealedPart part : newestFirst) {
                for (int shard = 0; shard < Hashing.SHARDS; shard++) {
                    part.forEach(shard, (id, content) -> {
                        long hash = Hashing.mix(id);
                        filter[Hashing.word(hash, words)] |= Hashing.mask(hash);
                    });
                }
            }
            var buffer = ByteBuffer.allocate(filter.length * Long.BYTES).order(ByteOrder.nativeOrder());
            buffer.asLongBuffer().put(filter);
            space.write(buffer, 0);
            return new PartGroup(newestFirst, space, space.read());
        } catch (IOException | OutOfMemoryError e) {
            if (space != null) {
                space.free();
            }
            throw new SpillException(directory, bytes, e);
        }
    }

    private static final class Writer {

        private final Layout layout;
        private final Space space;
        private final long[] filter;
        private long ofZero = OpenTable.ABSENT;
        private long[] keys;
        private int[] contents;

        Writer(Layout layout, Space space) {
            this.layout = layout;
            this.space = space;
            filter = new long[layout.filterWords()];
        }

        void write(int shard, List<? extends IdSource> sources) throws IOException {
            keys = new long[layout.slots(shard)];
            contents = new int[layout.slots(shard)];
            sources.forEach(source -> source.forEach(shard, this::put));
            long start = layout.starts()[shard];
            var buffer = buffer(keys.length * Long.BYTES);
            buffer.asLongBuffer().put(keys);
            space.write(buffer, layout.keysAt() + start * Long.BYTES);
            buffer = buffer(contents.length * Integer.BYTES);
            buffer.asIntBuffer().put(contents);
            space.write(buffer, layout.contentsAt() + start * Integer.BYTES);
        }

        private void put(long id, int content) {
            long hash = Hashing.mix(id);
            filter[Hashing.word(hash, filter.length)] |= Hashing.mask(hash);
            if (id == 0) {
                ofZero = content & 0xffff_ffffL;
                return;
            }
            int slot = Hashing.slot(hash, keys.length);
            while (keys[slot] != 0) {
                slot = slot + 1 == keys.length ? 0 : slot + 1;
            }
            keys[slot] = id;
            contents[slot] = content;
        }

        void writeFilter() throws IOException {
            var buffer = buffer(filter.length * Long.BYTES);
            buffer.asLongBuffer().put(filter);
            space.write(buffer, 0);
        }

        private static ByteBuffer buffer(int bytes) {
            return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        }
    }
}
