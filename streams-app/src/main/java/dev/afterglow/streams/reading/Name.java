package dev.afterglow.streams.reading;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.nio.charset.StandardCharsets;

/** A variant of an experiment, in texts and as it lies in events. */
final class Name {
    private final ExperimentKey experiment;
    private final String variant;
    private final byte[] projectUtf8;
    private final byte[] environmentUtf8;
    private final byte[] experimentUtf8;
    private final byte[] variantUtf8;

    private Name(ExperimentKey experiment, String variant) {
        this.experiment = experiment;
        this.variant = variant;
        projectUtf8 = utf8(experiment.project());
        environmentUtf8 = utf8(experiment.environment());
        experimentUtf8 = utf8(experiment.experiment());
        variantUtf8 = utf8(variant);
    }

    /** @param event whose project, environment, experiment and variant are present and valid */
    static Name of(EventView event) {
        var experiment = new ExperimentKey(
                event.text(TextField.PROJECT), event.text(TextField.ENVIRONMENT), event.text(TextField.EXPERIMENT));
        return new Name(experiment, event.text(TextField.VARIANT));
    }

    /** Whether an event is about it. */
    boolean isOf(EventView event) {
        return event.hasText(TextField.EXPERIMENT, experimentUtf8)
                && event.hasText(TextField.VARIANT, variantUtf8)
                && event.hasText(TextField.PROJECT, projectUtf8)
                && event.hasText(TextField.ENVIRONMENT, environmentUtf8);
    }

    ExperimentKey experiment() {
        return experiment;
    }

    String variant() {
        return variant;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
