package dev.afterglow.streams.dedupe;

import java.nio.file.Path;

/** Event ids could not be written to disk. Nothing is lost: what was not committed is read again. */
public final class SpillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpillException(Path directory, long bytes, Throwable cause) {
        super(
                "Event ids of " + bytes + " bytes could not be spilled to " + directory + ": " + cause.getMessage()
                        + ". Free disk space there, or have state.dir name another place.",
                cause);
    }
}
