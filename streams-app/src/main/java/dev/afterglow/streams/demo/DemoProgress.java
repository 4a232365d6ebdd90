package dev.afterglow.streams.demo;

import java.util.concurrent.atomic.AtomicLong;

/** How far a demo has come; written by the run, read by the view. */
public final class DemoProgress {

    private final AtomicLong sent = new AtomicLong();
    private volatile String phase = "starting";
    private volatile long planned;

    void plan(long records) {
        planned = records;
    }

    void enter(String newPhase) {
        phase = newPhase;
    }

    void sentOne() {
        sent.incrementAndGet();
    }

    /** Records of the evaluations sent so far, repeats and rubbish among them. */
    public long sent() {
        return sent.get();
    }

    /** Records to be sent before live traffic begins; 0 while that is not known. */
    public long planned() {
        return planned;
    }

    /** What is going on, in a few words. */
    public String phase() {
        return phase;
    }
}
