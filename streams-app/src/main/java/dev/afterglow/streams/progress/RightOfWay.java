package dev.afterglow.streams.progress;

import dev.afterglow.streams.readmodel.ReadModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets counting go first: while it is far behind the present, what judges and prices waits. In a backlog nothing is judged
 * up to the present anyway, and what is judged later, of more traffic at once, costs less. However long the backlog lasts,
 * nobody waits longer than five minutes: then both go on side by side for as long. After a start it takes some seconds
 * until it is known how far counting has come; until then there may well be a backlog, for a minute at most.
 */
public final class RightOfWay implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(RightOfWay.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** In steady work an event is counted within seconds. */
    private static final Duration BACKLOG = Duration.ofMinutes(10);

    private static final Duration CAUGHT_UP = Duration.ofMinutes(5);

    private static final Duration TURN = Duration.ofMinutes(5);

    /** Several times as long as it takes until every partition has reported; a pager must not wait for one that cannot. */
    private static final Duration UNKNOWN = Duration.ofMinutes(1);

    private final Supplier<Optional<Instant>> countedUpTo;
    private final Runnable wait;
    private final Runnable goOn;
    private final Clock clock;
    private final Ticker ticker;

    private Instant startedAt;
    private boolean known;
    private Instant behindSince;
    private boolean waiting;

    RightOfWay(Supplier<Optional<Instant>> countedUpTo, Runnable wait, Runnable goOn, Clock clock) {
        this.countedUpTo = countedUpTo;
        this.wait = wait;
        this.goOn = goOn;
        this.clock = clock;
        this.ticker = new Ticker("right-of-way", INTERVAL, this::tick);
    }

    /**
     * Starts to watch, every half second, on a daemon thread.
     *
     * @param readModel that says how far counting has come
     * @param counting the stages that go first
     * @param wait told at every look for as long as the others are to wait: who restores what it keeps cannot be held yet
     * @param goOn told when they are to go on; when this is closed they are left as they are
     * @param clock the present
     */
    public static RightOfWay start(ReadModel readModel, Stages counting, Runnable wait, Runnable goOn, Clock clock) {
        var served = Served.of(readModel);
        // What a read model that is being built knows of progress may be long past.
        var rightOfWay = new RightOfWay(
                () -> served.ready() ? counting.watermark(served.progress()) : Optional.empty(), wait, goOn, clock);
        rightOfWay.ticker.start();
        return rightOfWay;
    }

    @Override
    public void close() {
        ticker.close();
    }

    /** Looks once. */
    void tick() {
        boolean hasToWait = hasToWait(clock.instant());
        boolean changes = hasToWait != waiting;
        if (hasToWait) {
            // Set first: where holding fails halfway, what was held has to go on later.
            waiting = true;
            wait.run();
        } else if (waiting) {
            goOn.run();
            waiting = false;
        }
        if (changes) {
            LOGGER.atInfo()
                    .addKeyValue("waiting", waiting)
                    .log("Judging waits while counting has a backlog, or it is not known yet whether it has");
        }
    }

    private boolean hasToWait(Instant now) {
        if (isCurrent(now)) {
            behindSince = null;
            return false;
        }
        if (behindSince == null) {
            behindSince = now;
        }
        return Duration.between(behindSince, now).dividedBy(TURN) % 2 == 0;
    }

    /** Between the two bounds it stays as it was: a lag that wavers begins no new turn. What cannot be told is no backlog. */
    private boolean isCurrent(Instant now) {
        try {
            var reached = countedUpTo.get();
            if (known || reached.isPresent()) {
                return isCurrent(reached, now);
            }
            return !isStarting(now);
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("Cannot tell how far counting has come: judging does not wait for it");
            return true;
        }
    }

    private boolean isCurrent(Optional<Instant> reached, Instant now) {
        if (!known) {
            // What was waited for so far may have been no backlog.
            known = true;
            behindSince = null;
        }
        var bound = behindSince == null ? BACKLOG : CAUGHT_UP;
        return reached.filter(now.minus(bound)::isAfter).isEmpty();
    }

    private boolean isStarting(Instant now) {
        if (startedAt == null) {
            startedAt = now;
        }
        return now.isBefore(startedAt.plus(UNKNOWN));
    }
}
