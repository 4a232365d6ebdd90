package dev.afterglow.streams.dedupe;

/** Ids with their contents, shard by shard. */
interface IdSource {

    int count(int shard);

    void forEach(int shard, IdConsumer consumer);

    /** Takes an id with its contents. */
    @FunctionalInterface
    interface IdConsumer {
        void accept(long id, int contents);
    }
}
