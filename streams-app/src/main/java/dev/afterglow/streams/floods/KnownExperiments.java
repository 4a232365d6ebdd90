package dev.afterglow.streams.floods;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.directory.Entry;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Which experiments have a definition. One that arrived after an event does not make its experiment known, so that a
 * replay decides as the first reading did, but for the moment that a definition takes to get here.
 */
public final class KnownExperiments {

    private final Function<String, List<Entry<ExperimentDefinition>>> definitions;

    /** @param definitions all versions under an identity, in order of arrival: {@code Directory::of} */
    public KnownExperiments(Function<String, List<Entry<ExperimentDefinition>>> definitions) {
        this.definitions = definitions;
    }

    /** Whether an experiment had a definition when an event arrived. */
    public boolean isKnown(ExperimentKey experiment, Instant arrival) {
        var versions = definitions.apply(experiment.toString());
        return !versions.isEmpty() && !versions.get(0).arrivedAt().isAfter(arrival);
    }
}
