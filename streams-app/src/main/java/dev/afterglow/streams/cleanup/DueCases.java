package dev.afterglow.streams.cleanup;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which cases are to be judged when, in the order of time, so that what is due is found without looking at the rest. */
final class DueCases {

    private static final int DIGITS = 15;

    private final KeyValueStore<String, Long> store;

    DueCases(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    /** A case and when it is to be judged. */
    record Due(Instant at, ExperimentKey experiment) {

        private String key() {
            return String.format("%0" + DIGITS + "d/%s", at.toEpochMilli(), experiment);
        }

        private static Due parse(String key) {
            return new Due(
                    Instant.ofEpochMilli(Long.parseLong(key.substring(0, DIGITS))),
                    ExperimentKey.parse(key.substring(DIGITS + 1)));
        }
    }

    void add(Instant at, ExperimentKey experiment) {
        store.put(new Due(at, experiment).key(), 1L);
    }

    /** The earliest; empty when nothing is due ever. */
    Optional<Due> first() {
        try (var all = store.all()) {
            return all.hasNext() ? Optional.of(Due.parse(all.next().key)) : Optional.empty();
        }
    }

    void remove(Due due) {
        store.delete(due.key());
    }
}
