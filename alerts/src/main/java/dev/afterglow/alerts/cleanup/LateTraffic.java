package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.RunEnding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Traffic that came after the outcome of a run had been measured. The outcome is told again with it, at the end of the
 * UTC day at the earliest: what comes late comes in drops.
 */
public final class LateTraffic {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private LateTraffic() {}

    /**
     * Notes which outcomes it changes.
     *
     * @param caseFile the case so far; null for a new one
     * @param definitions history of the experiment
     * @param hours full UTC hours of which traffic came
     * @param heardAt up to where traffic had been judged then
     * @return empty when it changes none that is not noted already
     */
    public static Optional<CaseFile> note(
            CaseFile caseFile, Definitions definitions, Collection<Instant> hours, Instant heardAt) {
        if (caseFile == null || caseFile.getEndings().isEmpty()) {
            return Optional.empty();
        }
        var toldAgainAt = heardAt.truncatedTo(ChronoUnit.DAYS).plus(DAY);
        var endings = caseFile.getEndings().stream()
                .map(ending -> ending.getCorrectAt() == null && changes(ending, definitions, hours)
                        ? RunEnding.newBuilder(ending).setCorrectAt(toldAgainAt).build()
                        : ending)
                .toList();
        return endings.equals(caseFile.getEndings())
                ? Optional.empty()
                : Optional.of(CaseFile.newBuilder(caseFile).setEndings(endings).build());
    }

    private static boolean changes(RunEnding ending, Definitions definitions, Collection<Instant> hours) {
        if (ending.getEndedAt() == null || !ending.getMeasured()) {
            return false;
        }
        var week = Endings.measuredAt(ending);
        return hours.stream()
                .filter(hour -> hour.isBefore(week))
                .anyMatch(hour -> !hour.isBefore(week.minus(Endings.MEASURED_FOR))
                        || isOfRun(hour, ending.getRun(), definitions.phases()));
    }

    /** Each quarter-hour is of the version that is in force at its start. */
    private static boolean isOfRun(Instant hour, String run, List<Phase> phases) {
        return phases.stream()
                .filter(phase -> Objects.equals(phase.definition().getRun(), run))
                .anyMatch(phase -> UtcGrid.ceilQuarter(phase.start()).isBefore(hour.plus(HOUR))
                        && (phase.end() == null
                                || UtcGrid.ceilQuarter(phase.end()).isAfter(hour)));
    }
}
