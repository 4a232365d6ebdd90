package dev.afterglow.streams.cleanup;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.HourOverhead;
import dev.afterglow.streams.flow.OverheadMessages;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What clients spent, to be booked with the traffic of the same hours where that came with it. */
final class SpentHours {

    private final Map<ExperimentKey, Map<Instant, HourOverhead>> left = new HashMap<>();

    interface Action {
        void accept(ExperimentKey experiment, HourOverhead overhead);
    }

    /** @param overheads of an experiment and hour no more than one */
    SpentHours(List<ExperimentOverhead> overheads) {
        for (var overhead : overheads) {
            var hours = left.computeIfAbsent(OverheadMessages.experimentOf(overhead), key -> new HashMap<>());
            overhead.getHours().forEach(hour -> hours.put(hour.getHour(), hour));
        }
    }

    /** Takes out what was spent in an hour; nothing when there is none, or it was taken before. */
    HourOverhead take(ExperimentKey experiment, Instant hour) {
        var hours = left.get(experiment);
        var spent = hours == null ? null : hours.remove(hour);
        return spent == null ? new HourOverhead(hour, 0L, 0L) : spent;
    }

    /** Goes through what was not taken. */
    void forEachLeft(Action action) {
        left.forEach((experiment, hours) -> hours.values().forEach(hour -> action.accept(experiment, hour)));
    }
}
