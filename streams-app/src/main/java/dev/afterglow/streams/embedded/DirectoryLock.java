package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A directory that one process at a time may use. The operating system drops the lock when its holder ends, however it
 * ends, so that nothing has to be cleaned up after a crash.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "in-use-by";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the directory where it is missing, and takes it.
     *
     * @throws EmbeddedException when it is not a writable directory, or taken already
     */
    static DirectoryLock take(Path directory) {
        Path file = directory.resolve(FILE);
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw inUse(directory, "process " + holder, null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(channel);
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw inUse(directory, "this very process", e);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new EmbeddedException(
                    "The data directory " + directory + " cannot be written (" + e
                            + "). Give this user write access to it, or choose another with --data-dir.",
                    e);
        }
    }

    private static EmbeddedException inUse(Path directory, String holder, Throwable cause) {
        return new EmbeddedException(
                "The data directory " + directory + " is in use by " + holder
                        + ". Stop that first, or choose another directory with --data-dir.",
                cause);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // The failure that led here is the one worth reporting.
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
