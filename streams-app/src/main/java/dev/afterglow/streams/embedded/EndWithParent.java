package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A Java agent, loaded into a child process, which ends the child as soon as its parent is gone.
 *
 * <p>The child's standard input is a pipe whose other end the parent holds. However the parent ends, {@code kill -9}
 * included, the operating system closes that end, and the child reads end-of-file. It uses nothing but
 * {@code java.base}, since it travels alone.
 */
public final class EndWithParent {

    /** As a process ended by SIGTERM reports it: 128 + 15. */
    private static final int STATUS = 143;

    private EndWithParent() {}

    /**
     * Called by the child's JVM before its main method.
     *
     * @param arguments not used
     */
    public static void premain(String arguments) {
        InputStream parent = System.in;
        Thread watch = new Thread(() -> haltAtEndOf(parent), "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void haltAtEndOf(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A pipe that cannot be read is a parent that cannot be seen: the same verdict.
        }
        // Not exit(): shutdown hooks may wait for what has gone with the parent.
        Runtime.getRuntime().halt(STATUS);
    }
}
