package dev.afterglow.streams.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view in the terminal while a demo runs: redrawn in place on a terminal, a line now and then elsewhere. Nothing else
 * should write to the terminal meanwhile.
 */
public final class LiveView implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveView.class);
    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final Supplier<Snapshot> snapshots;
    private final Screen screen;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "afterglow-demo-view");
        thread.setDaemon(true);
        return thread;
    });

    LiveView(Supplier<Snapshot> snapshots, Screen screen) {
        this.snapshots = snapshots;
        this.screen = screen;
    }

    /**
     * Shows a run until closed.
     *
     * @param out the terminal, or what stands in for it
     */
    public static LiveView start(Addresses addresses, DemoProgress progress, PrintStream out, Clock clock) {
        var source = new SnapshotSource(addresses, progress, new ApiClient(addresses.page()), clock);
        var screen = Screen.of(out, System.console() != null, System.getenv());
        var view = new LiveView(source, screen);
        var every = screen.redraws() ? REDRAW : LINE;
        view.timer.scheduleWithFixedDelay(view::draw, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return view;
    }

    void draw() {
        try {
            screen.show(snapshots.get());
        } catch (RuntimeException e) {
            // A timer that throws never fires again; the run is worth more than its picture.
            LOGGER.atWarn().addKeyValue("reason", e.toString()).log("The live view could not be drawn");
        }
    }

    /** Stops drawing and leaves the last picture standing. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(2, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
        screen.end();
    }
}
