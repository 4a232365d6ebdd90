package dev.afterglow.streams.cost;

import dev.afterglow.state.UsageDay;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Some days of an experiment; one without usage is not among them. */
final class UsageDays {

    private final TreeMap<Instant, UsageDay> days = new TreeMap<>();

    void add(Instant day, UsageDay usage) {
        days.put(day, usage);
    }

    /** Impressions of a quarter-hour. */
    long impressions(Instant quarter) {
        var day = days.get(Quarters.dayOf(quarter));
        return day == null ? 0 : day.getImpressions().get(Quarters.inDay(quarter));
    }

    /** Start of the first quarter-hour that has impressions. */
    Optional<Instant> firstTraffic() {
        for (var day : days.entrySet()) {
            for (int i = 0; i < Quarters.PER_DAY; i++) {
                if (day.getValue().getImpressions().get(i) > 0) {
                    return Optional.of(day.getKey().plusMillis(i * Quarters.MILLIS));
                }
            }
        }
        return Optional.empty();
    }
}
