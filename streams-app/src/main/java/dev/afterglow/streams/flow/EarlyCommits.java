package dev.afterglow.streams.flow;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit before that which Kafka Streams makes of itself, while little is gathered. Each change of an hour is
 * dear downstream: where many experiments come at once, it pays to wait for more of the same, where few do it does not.
 */
public final class EarlyCommits {

    /** So many are worked off downstream in a few hundredths of a second. */
    private static final int FEW = 2_000;

    private EarlyCommits() {}

    /**
     * Looks again and again whether to ask.
     *
     * @param interval between two looks, by the wall clock
     * @param gathered how many changes wait for the commit; 0 when there is nothing to commit for
     */
    public static void schedule(ProcessorContext<?, ?> context, Duration interval, IntSupplier gathered) {
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> {
            int waiting = gathered.getAsInt();
            if (waiting > 0 && waiting <= FEW) {
                context.commit();
            }
        });
    }
}
