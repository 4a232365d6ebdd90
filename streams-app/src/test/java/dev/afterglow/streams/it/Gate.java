package dev.afterglow.streams.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the service and the registry, and can be shut. */
final class Gate implements AutoCloseable {

    /** What becomes of bytes. */
    enum State {
        /** They pass. */
        OPEN,
        /** Connections are broken off, those there are and new ones. */
        REFUSING,
        /** Connections are taken, but nothing passes. */
        SILENT
    }

    private final ServerSocket entrance;
    private final URI target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile State state = State.OPEN;

    Gate(String url) throws IOException {
        target = URI.create(url);
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The address to use instead of the one behind the gate. */
    String url() {
        return "http://127.0.0.1:" + entrance.getLocalPort() + target.getPath();
    }

    synchronized void set(State next) {
        state = next;
        if (next == State.REFUSING) {
            breakOff();
        }
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        set(State.REFUSING);
    }

    private void breakOff() {
        sockets.forEach(Gate::closeQuietly);
        sockets.clear();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var outside = entrance.accept();
                if (state == State.REFUSING) {
                    outside.close();
                } else {
                    connect(outside);
                }
            } catch (IOException e) {
                // The next one, or the end.
                Thread.onSpinWait();
            }
        }
    }

    private void connect(Socket outside) throws IOException {
        var inside = new Socket(target.getHost(), target.getPort());
        sockets.add(outside);
        sockets.add(inside);
        start(() -> pump(outside, inside));
        start(() -> pump(inside, outside));
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            copy(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            closeQuietly(from);
        } finally {
            sockets.remove(from);
        }
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            passWhenOpen();
            to.write(buffer, 0, read);
        }
    }

    private synchronized void passWhenOpen() throws IOException {
        try {
            while (state == State.SILENT) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (state == State.REFUSING) {
            throw new IOException("broken off");
        }
    }

    private static void start(Runnable action) {
        var thread = new Thread(action, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
