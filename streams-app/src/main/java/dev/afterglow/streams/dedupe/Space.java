package dev.afterglow.streams.dedupe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Bytes outside the heap, written once, then read: in a mapped file, or, when they are few, in plain memory. */
interface Space {

    /** Less than this is not worth a file. */
    int WORTH_A_FILE = 16 * 1024;

    static Space of(Path directory, long bytes) throws IOException {
        if (bytes > Integer.MAX_VALUE) {
            throw new IOException(bytes + " bytes are more than can be mapped at once");
        }
        return bytes < WORTH_A_FILE ? new Memory(ByteBuffer.allocateDirect((int) bytes)) : Mapped.in(directory, bytes);
    }

    void write(ByteBuffer source, long position) throws IOException;

    /** @return all that was written; nothing may read it after {@link #free} */
    ByteBuffer read() throws IOException;

    void free();

    record Memory(ByteBuffer buffer) implements Space {

        @Override
        public void write(ByteBuffer source, long position) {
            buffer.duplicate().position((int) position).put(source);
        }

        @Override
        public ByteBuffer read() {
            return buffer;
        }

        @Override
        public void free() {
            // Left to the garbage collector.
        }
    }

    record Mapped(FileChannel channel, long bytes) implements Space {

        static Mapped in(Path directory, long bytes) throws IOException {
            Files.createDirectories(directory);
            // The name goes at once where the system allows it: nothing is left behind, not even by a kill.
            var file = directory.resolve("ids-" + UUID.randomUUID() + ".tmp");
            return new Mapped(
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    bytes);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            // Really written, not only mapped: a full disk is an exception here, and the end of the process there.
            long at = position;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        }

        @Override
        public ByteBuffer read() throws IOException {
            return channel.map(MapMode.READ_ONLY, 0, bytes);
        }

        @Override
        public void free() {
            // The mapping itself lives until it is collected: cutting the file gives its blocks back now.
            try (channel) {
                channel.truncate(0);
            } catch (IOException e) {
                Spill.LOGGER.atDebug().addKeyValue("bytes", bytes).setCause(e).log("a spilled file is freed later");
            }
        }
    }
}
