package dev.afterglow.streams.floods;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Sets of hashes under a key, each with the day on which it was used last. Remembers which have changed since they were
 * written.
 */
final class NameBook {

    private final String prefix;
    private final Map<String, Page> pages = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    private static final class Page {
        private final LongSet hashes = new LongSet();
        private int day;
    }

    /** @param prefix of the keys under which its pages are stored */
    NameBook(String prefix) {
        this.prefix = prefix;
    }

    int pages() {
        return pages.size();
    }

    boolean has(String key) {
        return pages.containsKey(key);
    }

    int size(String key) {
        var page = pages.get(key);
        return page == null ? 0 : page.hashes.size();
    }

    boolean contains(String key, long hash) {
        var page = pages.get(key);
        return page != null && page.hashes.contains(hash);
    }

    /** Adds a hash, and notes that the page was used on a day. */
    void add(String key, long hash, long day) {
        var page = pages.computeIfAbsent(key, none -> new Page());
        if (page.hashes.add(hash) | page.day != day) {
            page.day = (int) day;
            changed.add(key);
        }
    }

    /** Drops the pages that were not used on a day or after it. */
    void forgetBefore(long day) {
        pages.entrySet().removeIf(entry -> {
            var old = entry.getValue().day < day;
            if (old) {
                changed.add(entry.getKey());
            }
            return old;
        });
    }

    /** Gives key and value of every page that has changed since the last call; the value is null for one dropped. */
    void changes(BiConsumer<String, byte[]> sink) {
        changed.stream().sorted().forEach(key -> sink.accept(prefix + key, encode(pages.get(key))));
        changed.clear();
    }

    /** Takes a page that was written; false when the key is not of this book. */
    boolean restore(String key, byte[] value) {
        if (!key.startsWith(prefix)) {
            return false;
        }
        var buffer = ByteBuffer.wrap(value);
        var page = new Page();
        page.day = buffer.getInt();
        while (buffer.hasRemaining()) {
            page.hashes.add(buffer.getLong());
        }
        pages.put(key.substring(prefix.length()), page);
        return true;
    }

    private static byte[] encode(Page page) {
        return Optional.ofNullable(page)
                .map(it -> {
                    var hashes = it.hashes.toArray();
                    var buffer = ByteBuffer.allocate(Integer.BYTES + hashes.length * Long.BYTES)
                            .putInt(it.day);
                    for (long hash : hashes) {
                        buffer.putLong(hash);
                    }
                    return buffer.array();
                })
                .orElse(null);
    }
}
