package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.money.SwitchOff;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Adds up the quarter-hours of one experiment, which have to come in the order of time. */
public final class UseReader {

    private static final Duration STILL_RUNNING = Duration.ofHours(24);

    private final Stretch stretch;
    private final long[] period;
    private long newest;
    private long before;
    private long lastWeek;
    private Instant last;
    private Instant leftoverSince;
    private long leftoverOfWeek;

    /** @param stretch what is looked at; quarter-hours outside of it may be given, and count for nothing */
    public UseReader(Stretch stretch) {
        this.stretch = stretch;
        period = new long[PeriodUsage.quartersOf(stretch.pricing())];
    }

    /**
     * Adds a quarter-hour.
     *
     * @param quarter its start
     * @param impressions its impressions; what is below 1, while a correction is under way, counts as none
     * @param leftover leftover impressions among them
     */
    public void add(Instant quarter, long impressions, long leftover) {
        if (impressions <= 0 || !quarter.isBefore(stretch.until())) {
            return;
        }
        if (isIn(quarter, stretch.pricing().start(), stretch.until())) {
            int index = index(quarter);
            period[index] = Math.addExact(period[index], impressions);
        }
        if (isIn(quarter, stretch.growthMiddle(), stretch.growthEnd())) {
            newest = Math.addExact(newest, impressions);
        } else if (isIn(quarter, stretch.growthFrom(), stretch.growthMiddle())) {
            before = Math.addExact(before, impressions);
        }
        boolean ofWeek = !quarter.isBefore(stretch.weekAgo());
        lastWeek = ofWeek ? Math.addExact(lastWeek, impressions) : lastWeek;
        last = quarter;
        if (leftover < impressions) {
            leftoverSince = null;
            leftoverOfWeek = 0;
        } else {
            leftoverSince = leftoverSince == null ? quarter : leftoverSince;
            leftoverOfWeek += ofWeek ? impressions : 0;
        }
    }

    /**
     * What it came to.
     *
     * @param team team that owns the experiment; null when that is not known
     */
    public ExperimentUse use(ExperimentKey experiment, String team) {
        var usage = new PeriodUsage(stretch.pricing(), period);
        return new ExperimentUse(
                experiment,
                experiment.toString(),
                team,
                usage.impressions(stretch.until()),
                usage.priced(stretch.until()),
                newest,
                before,
                lastWeek,
                leftover());
    }

    private Optional<SwitchOff.Stopped> leftover() {
        if (leftoverSince == null || last.isBefore(stretch.until().minus(STILL_RUNNING))) {
            return Optional.empty();
        }
        var since = leftoverSince.isBefore(stretch.weekAgo()) ? stretch.weekAgo() : leftoverSince;
        return Optional.of(new SwitchOff.Stopped(lastWeek, leftoverOfWeek, since));
    }

    private int index(Instant quarter) {
        return (int) UtcGrid.quartersBetween(stretch.pricing().start(), quarter);
    }

    private static boolean isIn(Instant quarter, Instant from, Instant to) {
        return !quarter.isBefore(from) && quarter.isBefore(to);
    }
}
