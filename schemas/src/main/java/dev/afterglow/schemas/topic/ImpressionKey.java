package dev.afterglow.schemas.topic;

import java.time.Instant;

/**
 * Key of a count: experiment identity, UTC hour and variant.
 *
 * @param experiment identity of the experiment
 * @param hour start of the UTC hour
 * @param variant key of the variant; any text but the empty one
 */
public record ImpressionKey(ExperimentKey experiment, Instant hour, String variant) {

    /** Reads the text form; {@code IllegalArgumentException} or {@code DateTimeParseException} when it is not one. */
    public static ImpressionKey parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("'" + text + "' is no key of a count");
        }
        return new ImpressionKey(
                new ExperimentKey(parts[0], parts[1], ExperimentKey.decode(parts[2])),
                UtcHour.parse(parts[3]),
                ExperimentKey.decode(parts[4]));
    }

    /** The text form: {@code project/environment/experiment/2019-11-24T00:00:00Z/variant}. */
    @Override
    public String toString() {
        return experiment + "/" + UtcHour.format(hour) + '/' + ExperimentKey.encode(variant);
    }
}
