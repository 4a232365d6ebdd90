package dev.afterglow.streams.it.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Finds the moments at which a blow is to fall. */
final class Moments {

    private static final Duration COMES_WITHIN = Duration.ofSeconds(120);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    private Moments() {}

    /** Lets a time go by, in milliseconds. */
    static void pass(long millis) throws InterruptedException {
        // A blow may have to fall within a few milliseconds: shorter than any poll.
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for something that lasts only for moments. */
    static void until(String what, Callable<Boolean> come) {
        await(what)
                .atMost(COMES_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(come);
    }

    /** Looks for something that lasts only for moments, and may have been missed. */
    static boolean comes(Duration within, Callable<Boolean> moment) throws Exception {
        long ends = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < ends) {
            if (moment.call()) {
                return true;
            }
        }
        return false;
    }

    /** Returns when a group has committed once more: the next transaction has just begun. */
    static void untilCommitted(Admin admin, String group) throws Exception {
        var before = committed(admin, group);
        until("a commit of " + group, () -> !committed(admin, group).equals(before));
    }

    private static Map<?, ?> committed(Admin admin, String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
    }
}
