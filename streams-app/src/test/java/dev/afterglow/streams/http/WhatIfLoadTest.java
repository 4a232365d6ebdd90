package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.readmodel.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A project of many experiments, each with traffic of two variants in every hour. {@code -Dafterglow.whatif=1000} takes a
 * thousand of them over 90 days, and says how long the answer took.
 */
class WhatIfLoadTest extends ServedModel {

    private static final String EXPERIMENTS = "afterglow.whatif";
    private static final boolean MEASURED = System.getProperty(EXPERIMENTS) != null;

    private final int experiments = Integer.getInteger(EXPERIMENTS, 6);
    private final int days = MEASURED ? 90 : 20;

    @Test
    void answersForAWholeProject() throws Exception {
        // given every second one went out ten days ago
        var start = HOUR.minus(Duration.ofDays(days));
        for (int i = 0; i < experiments; i++) {
            var key = new ExperimentKey("shop", "production", String.format(Locale.ROOT, "item-%06d", i));
            defined.put(key, List.of(Samples.definition(key, 1, start)));
            model.putAll(TOPICS.impressions(), counts(key, start, i % 2 == 0 ? HOUR : HOUR.minus(Duration.ofDays(10))));
        }

        // when
        long cpuBefore = cpuMillis();
        long began = System.nanoTime();
        var answer = post(
                "/api/v1/cases/what-if?limit=100",
                "{'projects':[{'project':'shop','warnAfterDays':7,'criticalAfterDays':30}]}",
                200);
        long nanos = System.nanoTime() - began;
        long cpu = cpuMillis() - cpuBefore;

        // then
        assertThat(answer.get("experiments").asInt()).isEqualTo(experiments);
        assertThat(answer.at("/total/changed/alerts").asInt()).isEqualTo(experiments);
        if (MEASURED) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d experiments, %d days, %,d counts: %.1f s, %.1f s of CPU%n",
                    experiments,
                    days,
                    (long) experiments * (days - 5) * 48,
                    nanos / 1e9,
                    cpu / 1e3);
        }
    }

    /** Of this process: on a busy machine the time alone says little. */
    private static long cpuMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }

    private static Map<String, ImpressionCount> counts(ExperimentKey key, Instant from, Instant to) {
        var counts = new HashMap<String, ImpressionCount>();
        for (var hour = from; hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
            for (var variant : List.of("blue", "green")) {
                counts.put(Samples.countKey(key, hour, variant), Samples.count(key, hour, variant, 7, 1));
            }
        }
        return counts;
    }
}
