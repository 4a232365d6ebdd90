package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.ExperimentMoney;
import dev.afterglow.alerts.money.ProjectAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** What may be asked about the traffic of one experiment. All answers come from complete quarter-hours. */
public interface Consumption extends ExperimentMoney.OwnTraffic {

    /**
     * Impressions of the experiment.
     *
     * @param from start, a full quarter-hour, inclusive
     * @param to end, a full quarter-hour, exclusive
     * @return 0 or more
     */
    @Override
    long impressions(Instant from, Instant to);

    /**
     * Impressions by variant, from the newest hour back: as soon as all variants but the most frequent one have so many
     * together, what is older may be left out.
     *
     * @param from start, a full quarter-hour, inclusive
     * @param to end, a full quarter-hour, exclusive
     * @param enough 1 or more
     */
    SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough);

    /**
     * What clients spent on it.
     *
     * @param from start, a full hour, inclusive
     * @param to end, a full hour, exclusive
     * @return empty when no event said so, or it is not known here
     */
    default Optional<Overhead> overhead(Instant from, Instant to) {
        return Optional.empty();
    }

    /** A stretch of traffic ends where there was none for so long. */
    Duration GAP = Duration.ofDays(1);

    /**
     * The start of the first quarter-hour with impressions in the newest stretch of traffic, of those that start before an
     * instant.
     */
    Optional<Instant> stretchStart(Instant before);

    /** The end of the newest quarter-hour with impressions of the experiment that starts before an instant. */
    Optional<Instant> lastTraffic(Instant before);

    /** Who pays for it. */
    default ProjectAccounts accounts() {
        return ProjectAccounts.NONE;
    }
}
