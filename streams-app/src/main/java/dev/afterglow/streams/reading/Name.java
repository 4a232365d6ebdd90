package dev.afterglow.streams.reading;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.nio.charset.StandardCharsets;

/** A variant of an experiment, in texts and as it lies in events. */
record Name(Experiment of, Text text) {

    /** A text, and as it lies in events. */
    record Text(String value, byte[] utf8) {

        static Text of(String value) {
            return new Text(value, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What the variants of an experiment have in common. */
    record Experiment(ExperimentKey key, Text project, Text environment, Text experiment) {

        static Experiment of(Text project, Text environment, Text experiment) {
            var key = new ExperimentKey(project.value(), environment.value(), experiment.value());
            return new Experiment(key, project, environment, experiment);
        }

        /** Whether an event is about it. */
        boolean isOf(EventView event) {
            return event.hasText(TextField.EXPERIMENT, experiment.utf8)
                    && event.hasText(TextField.PROJECT, project.utf8)
                    && event.hasText(TextField.ENVIRONMENT, environment.utf8);
        }
    }

    /** Whether an event is about it. */
    boolean isOf(EventView event) {
        return of.isOf(event) && event.hasText(TextField.VARIANT, text.utf8());
    }

    ExperimentKey experiment() {
        return of.key();
    }

    String variant() {
        return text.value();
    }
}
