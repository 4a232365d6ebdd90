package dev.afterglow.streams.cleanup;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.DueIndex;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which cases are to be judged when, in the order of time. */
final class DueCases {

    private final DueIndex index;

    /** @param upcoming what the processors of a task remember of the store */
    DueCases(KeyValueStore<String, Long> store, DueIndex.Upcoming upcoming) {
        index = new DueIndex(store, upcoming);
    }

    /** A case and when it is to be judged. */
    record Due(Instant at, ExperimentKey experiment) {}

    void add(Instant at, ExperimentKey experiment) {
        index.add(at, experiment.toString());
    }

    /**
     * The first cases in the order of time; empty when none is due by the limit.
     *
     * @param limit the last time that is looked at
     * @param most how many are given at once
     */
    List<Due> earliest(Instant limit, int most) {
        return index.earliest(limit, most).stream()
                .map(due -> new Due(due.at(), ExperimentKey.parse(due.subject())))
                .toList();
    }

    void remove(Due due) {
        index.remove(new DueIndex.Due(due.at(), due.experiment().toString()));
    }
}
