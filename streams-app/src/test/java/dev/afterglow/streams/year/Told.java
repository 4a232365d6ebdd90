package dev.afterglow.streams.year;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import java.util.Comparator;

/**
 * What a message says has happened, in the order of time.
 *
 * @param money in the micro-units of the one currency
 */
public record Told(
        Instant at,
        String experiment,
        CleanupKind kind,
        String run,
        int episode,
        AlertStatus status,
        Resolution resolution,
        Instant openedAt,
        Instant since,
        Money money)
        implements Comparable<Told> {

    /**
     * What a message says of money.
     *
     * @param cost so far
     * @param rest until the end of the month, and the three below, null when it is over
     * @param next in the next month
     * @param saving where there is one
     */
    public record Money(long cost, Long rest, Long next, Long saving) {}

    private static final Comparator<Told> ORDER = Comparator.comparing(Told::at)
            .thenComparing(Told::experiment)
            .thenComparing(Told::kind)
            .thenComparing(told -> String.valueOf(told.run))
            .thenComparing(Told::episode)
            .thenComparing(Told::openedAt);

    /** What an alert says. */
    public static Told of(CleanupAlert alert) {
        return new Told(
                alert.getAt(),
                alert.getExperiment(),
                alert.getKind(),
                alert.getRun(),
                alert.getEpisode(),
                alert.getStatus(),
                alert.getResolution(),
                alert.getOpenedAt(),
                alert.getEvidence().getSince(),
                new Money(
                        alert.getEvidence().getCostSinceMicros(),
                        alert.getEvidence().getProjectedMonthMicros(),
                        alert.getEvidence().getProjectedNextMonthMicros(),
                        alert.getEvidence().getSavingMicros()));
    }

    @Override
    public int compareTo(Told other) {
        return ORDER.compare(this, other);
    }
}
