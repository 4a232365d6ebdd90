package dev.afterglow.streams.flow;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Packs the deltas of one experiment. */
public final class DeltaMessages {

    private static final int COUNTS_PER_MESSAGE = 1_000;

    private DeltaMessages() {}

    /** Several when there are many counts, so that no message grows beyond what a topic takes. */
    public static Stream<ExperimentDeltas> of(
            ExperimentKey experiment, CountingPolicy policy, List<QuarterCount> counts) {
        return IntStream.iterate(0, from -> from < counts.size(), from -> from + COUNTS_PER_MESSAGE)
                .mapToObj(from -> counts.subList(from, Math.min(from + COUNTS_PER_MESSAGE, counts.size())))
                .map(part -> new ExperimentDeltas(
                        experiment.project(), experiment.environment(), experiment.experiment(), policy, part));
    }
}
