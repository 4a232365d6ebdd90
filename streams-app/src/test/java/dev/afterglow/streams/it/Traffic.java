package dev.afterglow.streams.it;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * Events by number, spread evenly over experiments, variants and hours, so that the counts of the first n follow from n
 * alone.
 *
 * @param newestHour the last of the hours in which they happened, UTC
 */
public record Traffic(Instant newestHour) {

    static final String PROJECT = "shop";
    static final String ENVIRONMENT = "production";
    static final String ACCOUNT = "acme";

    private static final int EXPERIMENTS = 5;
    private static final int VARIANTS = 2;
    private static final int HOURS = 3;
    private static final int CELLS = EXPERIMENTS * VARIANTS * HOURS;
    private static final int UNITS = 97;

    /** Budgets are judged two minutes after the end of a quarter-hour. */
    private static final Duration SETTLED = Duration.ofMinutes(3);

    /** Traffic of the last hours that are over, or of the last month where these would lie in two. */
    public static Traffic recent(Instant now) {
        var newest = now.minus(SETTLED).truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
        var month = YearMonth.from(newest.atOffset(ZoneOffset.UTC));
        var start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        boolean inOneMonth = !newest.minus(Duration.ofHours(HOURS - 1)).isBefore(start);
        return new Traffic(inOneMonth ? newest : start.minus(Duration.ofHours(1)));
    }

    /** The month in which all of it happened. */
    YearMonth period() {
        return YearMonth.from(newestHour.atOffset(ZoneOffset.UTC));
    }

    static ExperimentKey experiment(int number) {
        return new ExperimentKey(PROJECT, ENVIRONMENT, "exp-" + number);
    }

    EvaluationEvent event(long number) {
        var key = cell(number);
        return EvaluationEvent.newBuilder()
                .setId("event-" + number)
                .setProject(key.experiment().project())
                .setEnvironment(key.experiment().environment())
                .setExperiment(key.experiment().experiment())
                .setVariant(key.variant())
                .setUnit("unit-" + number % UNITS)
                .setOccurredAt(key.hour().plusMillis(number * 7919 % 3_600_000))
                .build();
    }

    /** What the events below a number make: an event falls into the cell of its number modulo the number of cells. */
    public Map<ImpressionKey, Long> countsOf(long events) {
        var counts = new HashMap<ImpressionKey, Long>();
        for (int number = 0; number < Math.min(events, CELLS); number++) {
            counts.put(cell(number), (events - number + CELLS - 1) / CELLS);
        }
        return counts;
    }

    private ImpressionKey cell(long number) {
        int cell = (int) (number % CELLS);
        int hoursAgo = cell / (EXPERIMENTS * VARIANTS);
        return new ImpressionKey(
                experiment(cell % EXPERIMENTS),
                newestHour.minus(Duration.ofHours(hoursAgo)),
                cell / EXPERIMENTS % VARIANTS == 0 ? "a" : "b");
    }
}
