package dev.afterglow.streams.demo;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.HashMap;
import java.util.Map;

/** A pipeline's answers that are just what was expected. */
final class Perfect {

    private Perfect() {}

    static Actual answer(Expectation expected) {
        var totals = new HashMap<ExperimentKey, Long>();
        expected.counts().forEach((key, cells) -> totals.put(key, Expectation.total(cells)));
        var counts = new HashMap<ExperimentKey, Map<Cell, Long>>();
        expected.counts().forEach((key, cells) -> counts.put(key, new HashMap<>(cells)));
        var alerts = expected.alerts().stream()
                .map(alert -> new ActualAlert(
                        alert.kind() + '/' + alert.subject() + "/1",
                        alert.kind(),
                        alert.subject(),
                        alert.status().name(),
                        "A sentence."))
                .toList();
        return new Actual(counts, totals, expected.conservation(), expected.bills(), alerts);
    }
}
