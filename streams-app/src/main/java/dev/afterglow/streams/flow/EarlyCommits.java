package dev.afterglow.streams.flow;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit before that which Kafka Streams makes of itself: the sooner, the less is gathered. Each change of an
 * hour is dear downstream: where many experiments come at once, it pays to wait for more of the same, where few do it
 * does not, nor where nothing comes any more, or only what belongs to another round of those who send it.
 *
 * <p>What one task asks for commits all tasks of its thread: each waits from the last commit on, whoever asked for it, so
 * that they do not take turns at asking.
 */
public final class EarlyCommits {

    /** Changes to an interval: at some 45 microseconds each in the stage of counts, a tenth of a second of each second. */
    private static final long FEW = 2_000;

    private static final int LOOKS_PER_INTERVAL = 5;

    private final ProcessorContext<?, ?> context;
    private final long intervalMs;
    private final long quietMs;
    private final IntSupplier gathered;
    private long lastCommit;
    private long lastMore;
    private boolean more;
    private boolean enough;

    private EarlyCommits(ProcessorContext<?, ?> context, Duration interval, Duration quiet, IntSupplier gathered) {
        this.context = context;
        this.intervalMs = interval.toMillis();
        this.quietMs = quiet.toMillis();
        this.gathered = gathered;
        this.lastCommit = context.currentSystemTimeMs();
        this.lastMore = lastCommit;
    }

    /**
     * Looks again and again whether to ask.
     *
     * @param interval between two commits, by the wall clock, while there are few changes; twice as many wait twice as long
     * @param quiet for how long nothing comes before nothing is waited for any more, however many there are; longer
     *     than those who send them take from one to the next; and for how long after a commit a complete round waits
     * @param gathered how many changes wait for the commit; 0 when there is nothing to commit for
     */
    public static EarlyCommits schedule(
            ProcessorContext<?, ?> context, Duration interval, Duration quiet, IntSupplier gathered) {
        var commits = new EarlyCommits(context, interval, quiet, gathered);
        context.schedule(
                interval.dividedBy(LOOKS_PER_INTERVAL), PunctuationType.WALL_CLOCK_TIME, commits::askIfItIsTime);
        return commits;
    }

    /** To be called whenever something comes: it is waited for more of it. */
    public void more() {
        more = true;
    }

    /** To be called when a round of those who send it is complete: unless one was just committed, no more is waited for. */
    public void enough() {
        enough = true;
    }

    /** To be called within each commit. */
    public void committing() {
        enough = false;
        lastCommit = context.currentSystemTimeMs();
    }

    private void askIfItIsTime(long now) {
        int waiting = gathered.getAsInt();
        if (more) {
            more = false;
            lastMore = now;
        }
        long waited = now - lastCommit;
        boolean few = waiting * intervalMs <= FEW * waited;
        boolean complete = enough && waited >= quietMs;
        if (waiting > 0 && waited >= intervalMs && (few || complete || now - lastMore >= quietMs)) {
            context.commit();
        }
    }
}
