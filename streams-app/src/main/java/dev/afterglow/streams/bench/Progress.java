package dev.afterglow.streams.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How far a child has come, in a mapped file of two numbers: records consumed, and 1 when all is done. Costs neither side
 * a system call.
 */
final class Progress {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int DONE = Long.BYTES;

    private final ByteBuffer mapped;

    Progress(Path file) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * Long.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void consumed(long records) {
        LONGS.setRelease(mapped, 0, records);
    }

    void addConsumed(long records) {
        LONGS.getAndAdd(mapped, 0, records);
    }

    long consumed() {
        return (long) LONGS.getAcquire(mapped, 0);
    }

    void done() {
        LONGS.setRelease(mapped, DONE, 1L);
    }

    boolean isDone() {
        return (long) LONGS.getAcquire(mapped, DONE) != 0;
    }
}
