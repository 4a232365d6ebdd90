package dev.afterglow.streams.directory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * What a directory's entries come to, made once for each key and change: a look-up for every event would be too slow
 * otherwise.
 */
public final class Versions<V, H> {

    private final Directory<V> directory;
    private final BiFunction<String, List<Entry<V>>, H> make;
    private final AtomicReference<Made<H>> made = new AtomicReference<>(new Made<>(-1, new ConcurrentHashMap<>()));

    private record Made<H>(long revision, Map<String, H> byKey) {}

    /** @param make turns the versions under a key, in order of arrival and possibly none, into what is looked up */
    public Versions(Directory<V> directory, BiFunction<String, List<Entry<V>>, H> make) {
        this.directory = directory;
        this.make = make;
    }

    /** What the versions under a key come to. */
    public H of(String key) {
        // Read before the entries: what is made of newer entries under an older revision is made again, not kept.
        long revision = directory.revision();
        var current = made.get();
        if (current.revision() != revision) {
            current = new Made<>(revision, new ConcurrentHashMap<>());
            made.set(current);
        }
        var known = current.byKey().get(key);
        if (known != null) {
            return known;
        }
        var versions = directory.of(key);
        H fresh = make.apply(key, versions);
        // Keys that nobody has configured are invented by whoever sends events: they are not kept.
        if (!versions.isEmpty()) {
            current.byKey().put(key, fresh);
        }
        return fresh;
    }
}
