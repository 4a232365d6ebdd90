package dev.afterglow.streams.cost;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Key of what an experiment used of an account in one UTC day. */
record DayKey(String account, ExperimentKey experiment, Instant day) {

    static DayKey parse(String text) {
        var parts = text.split("/", -1);
        return new DayKey(parts[0], new ExperimentKey(parts[1], parts[2], ExperimentKey.decode(parts[3])), dayOf(text));
    }

    /** The day of a key, which is its last part. */
    static Instant dayOf(String text) {
        return LocalDate.parse(text.substring(text.lastIndexOf('/') + 1))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** Start of a quarter-hour of the day. */
    Instant quarter(int index) {
        return day.plusMillis(index * Quarters.MILLIS);
    }

    @Override
    public String toString() {
        return account + '/' + experiment + '/' + LocalDate.ofInstant(day, ZoneOffset.UTC);
    }
}
