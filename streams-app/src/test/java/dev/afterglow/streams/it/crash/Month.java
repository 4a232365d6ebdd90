package dev.afterglow.streams.it.crash;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.it.crash.Tariff.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The traffic of one account through a month, and what it costs. Events by number come in the order of time, and go on for
 * two days after the month has ended; every tenth is late, by up to twelve days, across the ends of the month as well. The
 * month is one in which the clocks of the account go forward, by half an hour.
 *
 * @param events how many there are
 * @param experiments how many, the first ones busier than the last
 */
record Month(long events, int experiments) {

    static final String ACCOUNT = "acme";

    private static final String ENVIRONMENT = "production";
    private static final ZoneId ZONE = ZoneId.of("Australia/Lord_Howe");
    private static final YearMonth MONTH = YearMonth.of(2025, 10);
    private static final Instant START = MONTH.atDay(1).atStartOfDay(ZONE).toInstant();
    private static final Instant END =
            MONTH.plusMonths(1).atDay(3).atStartOfDay(ZONE).toInstant();

    /** In force from the next quarter-hour on. */
    private static final Instant NEW_PRICES = Instant.parse("2025-10-16T12:07:00Z");

    /** Leftover from the next quarter-hour on. */
    private static final Instant ROLLED_OUT = Instant.parse("2025-10-12T03:07:00Z");

    private static final int PROJECTS = 4;
    private static final int TEAMS = 7;
    private static final int LATE = 10;
    private static final Duration LATEST = Duration.ofDays(12);
    private static final int UNITS = 9_973;
    private static final int REPEATED = 7;
    private static final int SOON = 50;
    private static final int LATER = 8_000;

    /**
     * What was used in a period.
     *
     * @param before impressions before the change of prices; at 0 all, at 1 leftovers
     * @param after the same, after it
     * @param byExperiment impressions by experiment identity, the same
     */
    record Used(long[] before, long[] after, Map<String, long[]> byExperiment) {
        Used() {
            this(new long[2], new long[2], new TreeMap<>());
        }
    }

    EvaluationEvent event(long number) {
        int experiment = experimentOf(number);
        return EvaluationEvent.newBuilder()
                .setId("event-" + number)
                .setProject(key(experiment).project())
                .setEnvironment(ENVIRONMENT)
                .setExperiment(key(experiment).experiment())
                .setVariant(number % 3 == 0 ? "b" : "a")
                .setUnit("unit-" + number % UNITS)
                .setOccurredAt(at(number))
                .build();
    }

    /** Of the event that is sent again after an event, or a number below 0. */
    long repeatedAfter(long number) {
        if (isRepeated(number - SOON) && number % 2 == 0) {
            return number - SOON;
        }
        return isRepeated(number - LATER) && number % 2 != 0 ? number - LATER : -1;
    }

    private static boolean isRepeated(long number) {
        return number >= 0 && number % REPEATED == 0;
    }

    /** What is known from the beginning. */
    String definitions() {
        var projects = IntStream.range(0, PROJECTS)
                .mapToObj("  - {project: p%d, account: acme}%n"::formatted)
                .collect(Collectors.joining());
        var all = IntStream.range(0, experiments)
                .mapToObj(experiment -> definition(experiment, 1, isLeftover(experiment) ? ROLLED_OUT : START, "first"))
                .collect(Collectors.joining());
        return "projects:\n" + projects + "experiments:\n" + all
                + oldPrices().yaml(1, ACCOUNT, ZONE.getId(), "2020-01-01");
    }

    /** What becomes known halfway: other prices, and other owners of some experiments. */
    String changes() {
        var moved = IntStream.range(0, experiments)
                .filter(Month::isMoved)
                .mapToObj(experiment -> definition(experiment, 2, NEW_PRICES, "second"))
                .collect(Collectors.joining());
        return "experiments:\n" + moved + newPrices().yaml(2, ACCOUNT, ZONE.getId(), NEW_PRICES.toString());
    }

    /** The team that owns an experiment at the end. */
    static String teamOf(String experiment) {
        int number = Integer.parseInt(experiment.substring(experiment.lastIndexOf('-') + 1));
        return team(number, isMoved(number) ? "second" : "first");
    }

    /** What all events make, by period: the events are gone through once more, and nothing is asked of the pipeline. */
    Map<YearMonth, Used> used() {
        var used = new HashMap<YearMonth, Used>();
        for (long number = 0; number < events; number++) {
            int experiment = experimentOf(number);
            var at = at(number);
            var period = used.computeIfAbsent(YearMonth.from(at.atZone(ZONE)), month -> new Used());
            var segment = at.isBefore(quarterAfter(NEW_PRICES)) ? period.before() : period.after();
            var own = period.byExperiment().computeIfAbsent(key(experiment).toString(), key -> new long[2]);
            segment[0]++;
            own[0]++;
            if (isLeftover(experiment) && !at.isBefore(quarterAfter(ROLLED_OUT))) {
                segment[1]++;
                own[1]++;
            }
        }
        return used;
    }

    /** What a period costs, in micros. */
    long cost(Used used) {
        return Tariff.cost(oldPrices(), used.before()[0], newPrices(), used.after()[0])
                .longValueExact();
    }

    /** What it would cost less without its leftovers, in micros. */
    long wasted(Used used) {
        long without = Tariff.cost(
                        oldPrices(),
                        used.before()[0] - used.before()[1],
                        newPrices(),
                        used.after()[0] - used.after()[1])
                .longValueExact();
        return Math.max(0, cost(used) - without);
    }

    private Tariff oldPrices() {
        return new Tariff(
                events / 50, List.of(new Step(events / 4, 1_250_001, 1_000), new Step(Long.MAX_VALUE, 999, 7)));
    }

    private Tariff newPrices() {
        return new Tariff(
                events / 40,
                List.of(
                        new Step(events / 2 + events / 8, 777_777, 1_000),
                        new Step(events / 2 + events / 4, 113, 1),
                        new Step(Long.MAX_VALUE, 333, 7)));
    }

    private static String definition(int experiment, int version, Instant from, String generation) {
        var key = key(experiment);
        return "  - {project: %s, environment: %s, experiment: %s, version: %d, effectiveFrom: %s, ownerTeam: %s,"
                        .formatted(
                                key.project(),
                                ENVIRONMENT,
                                key.experiment(),
                                version,
                                from,
                                team(experiment, generation))
                + " rolloutPercent: 100, variants: {a: %d, b: %d}}%n"
                        .formatted(isLeftover(experiment) ? 100 : 50, isLeftover(experiment) ? 0 : 50);
    }

    private static ExperimentKey key(int experiment) {
        return new ExperimentKey("p" + experiment % PROJECTS, ENVIRONMENT, "exp-" + experiment);
    }

    private static String team(int experiment, String generation) {
        return "team-" + generation + '-' + experiment % TEAMS;
    }

    private static boolean isLeftover(int experiment) {
        return experiment % 5 == 1;
    }

    private static boolean isMoved(int experiment) {
        return experiment % 6 == 0;
    }

    private int experimentOf(long number) {
        long chance = mixed(number);
        return (int) (chance % experiments * ((chance >>> 20) % experiments) / experiments);
    }

    private Instant at(long number) {
        var inTime =
                START.plusMillis(Math.multiplyExact(Duration.between(START, END).toMillis(), number) / events);
        return number % LATE == 3 ? inTime.minusMillis(mixed(number) % LATEST.toMillis()) : inTime;
    }

    private static Instant quarterAfter(Instant at) {
        long quarter = Duration.ofMinutes(15).toMillis();
        return Instant.ofEpochMilli((at.toEpochMilli() + quarter - 1) / quarter * quarter);
    }

    /** A number that looks like chance and is the same each time (the finalizer of MurmurHash3); 0 or more. */
    private static long mixed(long number) {
        long bits = number * 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL;
        bits = (bits ^ bits >>> 33) * 0xC4CEB9FE1A85EC53L;
        return (bits ^ bits >>> 33) >>> 1;
    }
}
