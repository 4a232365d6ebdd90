package dev.afterglow.streams.it.crash;

import dev.afterglow.streams.it.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, which comes back on the same port and data. */
final class Broker implements AutoCloseable {

    private final Path directory;
    private final String address;
    private Child life;
    private int lives;

    /** Starts it on a free port. */
    Broker(Path directory) throws IOException {
        this.directory = directory;
        startOn("0");
        address = life.said(BrokerMain.SERVES);
    }

    String address() {
        return address;
    }

    void kill() {
        life.kill();
    }

    /** Starts it again; returns when it serves. */
    void start() throws IOException {
        startOn(address.substring(address.lastIndexOf(':') + 1));
        life.said(BrokerMain.SERVES);
    }

    private void startOn(String port) throws IOException {
        lives++;
        life = Child.start(
                directory.resolve("broker-" + lives + ".log"),
                List.of(),
                BrokerMain.class,
                directory.resolve("broker").toString(),
                port);
    }

    @Override
    public void close() {
        life.close();
    }
}
