package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** TCP ports on the loopback address. */
public final class Ports {

    /** The only address that anything embedded listens on. */
    static final String HOST = "127.0.0.1";

    private static final long POLL_MILLIS = 100;

    private Ports() {}

    /**
     * Asks for a port that something of ours is going to listen on, before anything else has been started.
     *
     * @param port 1 to 65535, or 0 for any free port
     * @param who what wants to listen there, for the message
     * @param option the command line option that chooses the port, for the message
     * @throws EmbeddedException when the port is taken
     */
    public static void requireFree(int port, String who, String option) {
        claim(port, who, option, Duration.ZERO);
    }

    /** @return a port that was free a moment ago */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedException("No free port could be found on " + HOST + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param requested 1 to 65535, or 0 for any free port
     * @param who what wants to listen there, for the message
     * @param option the command line option that chooses the port, for the message
     * @param patience how long to wait for a port that is taken
     * @return the port to listen on
     * @throws EmbeddedException when the port is out of range or stays taken
     */
    static int claim(int requested, String who, String option, Duration patience) {
        if (requested < 0 || requested > 65_535) {
            throw new EmbeddedException("Port " + requested + " for " + who + " is not a port: " + option
                    + " takes 1 to 65535, or 0 for any free one.");
        }
        if (requested == 0) {
            return free();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try (ServerSocket socket = new ServerSocket()) {
                // As servers do: a connection in TIME_WAIT from before a restart is no obstacle.
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(HOST, requested));
                return requested;
            } catch (IOException e) {
                if (System.nanoTime() >= deadline) {
                    throw new EmbeddedException(
                            "Port " + requested + " on " + HOST + ", wanted by " + who + ", cannot be had ("
                                    + e.getMessage() + "). Stop what listens there, or choose another port with "
                                    + option + " (0 for any free one).",
                            e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while waiting for a port.", e);
        }
    }
}
