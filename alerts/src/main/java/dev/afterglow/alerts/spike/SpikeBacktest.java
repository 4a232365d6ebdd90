package dev.afterglow.alerts.spike;

import dev.afterglow.alerts.spike.SpikeJudge.Change;
import dev.afterglow.state.SpikeState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the judge of spikes would have said of real traffic of which the days are known. They are spread over quarter-hours
 * ({@link DayPattern}) and judged as those of one experiment, in UTC.
 *
 * <p>What it should have caught is told apart by the days alone, with hindsight: a burst is a run of days with at least
 * {@value #BURST} times the median of the 14 days before each. An alert that opens in a burst has caught it; one that opens on
 * any other day is a false alarm.
 */
public final class SpikeBacktest {

    /** From how many times the median of the days before on a day belongs to a burst. */
    public static final int BURST = 2;

    private static final int QUARTER_MINUTES = 15;

    private final NavigableMap<LocalDate, Long> days;
    private final Map<Instant, Long> quarters = new TreeMap<>();
    private final SpikeRules rules;

    private SpikeBacktest(NavigableMap<LocalDate, Long> days, SpikeRules rules) {
        this.days = days;
        this.rules = rules;
        days.forEach((day, sum) -> {
            long[] spread = DayPattern.spread(day, sum);
            for (int i = 0; i < spread.length; i++) {
                quarters.put(start(day).plus(Duration.ofMinutes((long) i * QUARTER_MINUTES)), spread[i]);
            }
        });
    }

    /**
     * An alert.
     *
     * @param openedAt when it opened
     * @param resolvedAt when it ended; empty when it was open at the end of the data
     */
    public record Raised(Instant openedAt, Optional<Instant> resolvedAt) {}

    /**
     * A burst.
     *
     * @param first its first day
     * @param days how many days it lasted
     * @param timesTenths its highest day in tenths of the median before
     * @param caughtAfter from the start of its first day to the alert; zero when it was open already; empty when it was missed
     */
    public record Burst(LocalDate first, int days, long timesTenths, Optional<Duration> caughtAfter) {}

    /**
     * A month.
     *
     * @param bursts bursts that began in it
     * @param caught those of them that were caught
     * @param alerts alerts that opened
     * @param falseAlarms those of them that opened outside of any burst
     */
    public record Month(YearMonth month, int bursts, int caught, int alerts, int falseAlarms) {}

    /** All of it, in the order of time. */
    public record Report(List<Burst> bursts, List<Month> months, List<Raised> alerts) {}

    /**
     * Judges a history.
     *
     * @param days impressions of each day, each 0 or more; days that are missing are taken for days without any
     */
    public static Report run(NavigableMap<LocalDate, Long> days, SpikeRules rules) {
        return new SpikeBacktest(days, rules).report();
    }

    private Report report() {
        var alerts = alerts();
        var bursts = bursts(alerts);
        var months = new ArrayList<Month>();
        if (!days.isEmpty()) {
            var last = YearMonth.from(days.lastKey());
            for (var month = YearMonth.from(days.firstKey()); !month.isAfter(last); month = month.plusMonths(1)) {
                months.add(month(month, bursts, alerts));
            }
        }
        return new Report(bursts, months, alerts);
    }

    private List<Raised> alerts() {
        var judge = new SpikeJudge(rules);
        var alerts = new ArrayList<Raised>();
        SpikeState state = null;
        for (var quarter : quarters.entrySet()) {
            var earlier = EarlierDays.impressions(
                    EarlierDays.before(quarter.getKey(), ZoneOffset.UTC),
                    start(days.firstKey()),
                    at -> quarters.getOrDefault(at, 0L));
            var end = quarter.getKey().plus(Duration.ofMinutes(QUARTER_MINUTES));
            var verdict = judge.judge(state, end, quarter.getValue(), Usual.of(earlier), true, false);
            state = verdict.next();
            if (verdict.change() == Change.OPENED) {
                alerts.add(new Raised(end, Optional.empty()));
            } else if (verdict.change() == Change.RESOLVED) {
                var open = alerts.remove(alerts.size() - 1);
                alerts.add(new Raised(open.openedAt(), Optional.of(end)));
            }
        }
        return alerts;
    }

    private List<Burst> bursts(List<Raised> alerts) {
        var bursts = new ArrayList<Burst>();
        LocalDate first = null;
        long highest = 0;
        for (var day : days.keySet()) {
            long tenths = timesTenths(day);
            if (isBurst(day)) {
                first = first == null ? day : first;
                highest = Math.max(highest, tenths);
            }
            if (first != null && (!isBurst(day.plusDays(1)))) {
                int length = (int) (day.toEpochDay() - first.toEpochDay()) + 1;
                bursts.add(new Burst(first, length, highest, caughtAfter(first, day, alerts)));
                first = null;
                highest = 0;
            }
        }
        return bursts;
    }

    private static Optional<Duration> caughtAfter(LocalDate first, LocalDate last, List<Raised> alerts) {
        var from = start(first);
        var to = start(last.plusDays(1));
        return alerts.stream()
                // What opens with the end of a quarter-hour is told of the time before.
                .filter(alert -> !alert.openedAt().isAfter(to)
                        && alert.resolvedAt().filter(end -> !end.isAfter(from)).isEmpty())
                .findFirst()
                .map(alert ->
                        alert.openedAt().isAfter(from) ? Duration.between(from, alert.openedAt()) : Duration.ZERO);
    }

    private Month month(YearMonth month, List<Burst> bursts, List<Raised> alerts) {
        var begun = bursts.stream()
                .filter(burst -> YearMonth.from(burst.first()).equals(month))
                .toList();
        var opened = alerts.stream()
                .map(alert -> dayOf(alert.openedAt()))
                .filter(day -> YearMonth.from(day).equals(month))
                .toList();
        return new Month(
                month,
                begun.size(),
                (int) begun.stream()
                        .filter(burst -> burst.caughtAfter().isPresent())
                        .count(),
                opened.size(),
                (int) opened.stream().filter(day -> !isBurst(day)).count());
    }

    private boolean isBurst(LocalDate day) {
        return timesTenths(day) >= BURST * 10;
    }

    private long timesTenths(LocalDate day) {
        long[] before = days.subMap(day.minusDays(SpikeRules.MOST_DAYS), true, day, false).values().stream()
                .mapToLong(Long::longValue)
                .toArray();
        if (before.length < SpikeRules.LEAST_DAYS) {
            return 0;
        }
        Arrays.sort(before);
        return days.getOrDefault(day, 0L) * 10 / Math.max(1, before[before.length / 2]);
    }

    /** Day of the traffic that opened an alert. */
    private static LocalDate dayOf(Instant openedAt) {
        return LocalDate.ofInstant(openedAt.minus(Duration.ofMinutes(QUARTER_MINUTES)), ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
