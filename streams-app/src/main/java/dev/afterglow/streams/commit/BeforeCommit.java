package dev.afterglow.streams.commit;

/** What a processor does last in each commit of its task. */
@FunctionalInterface
public interface BeforeCommit {

    /**
     * Writes what was gathered on the heap since the last commit to stores, and forwards it. All of it is in the
     * transaction of the offsets that are being committed. May be called when nothing has happened since, after the
     * processor was closed, and within a transaction that is going to be aborted.
     */
    void beforeCommit();
}
