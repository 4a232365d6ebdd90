package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.SETTLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.flow.Quarters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A year of many experiments: the alerts are those of an independent program that reads the same histories. {@code
 * -Dafterglow.year=1000} takes a thousand of them, {@code -Dafterglow.seed} others.
 */
class YearTest {

    private static final int EXPERIMENTS = Integer.getInteger("afterglow.year", 30);
    private static final long SEED = Long.getLong("afterglow.seed", 20_270_101);
    private static final Duration TURN = Duration.ofMillis(10);

    private final SimulatedYear year = new SimulatedYear(SEED, EXPERIMENTS);
    private final Random random = new Random(SEED);

    private CleanupBench cleanup;

    @AfterEach
    void close() {
        if (cleanup != null) {
            cleanup.close();
        }
    }

    @Test
    void tellsWhatTheOracleExpectsWhenAllArrivesInOrder() {
        cleanup = new CleanupBench();

        var told = live(false);

        assertThat(told).as("seed %d", SEED).containsExactlyElementsOf(YearOracle.expected(year));
    }

    @Test
    void tellsTheSameInShortTurnsWhenAllComesInAnyOrderThatIsNotTooLate() {
        cleanup = new CleanupBench(new SlowClock(4));

        var told = live(true);

        assertThat(told).as("seed %d", SEED).containsExactlyElementsOf(YearOracle.expected(year));
    }

    @Test
    void isPutToTheTestByAYearInWhichEverythingHappens() {
        var expected = YearOracle.expected(year);

        assertThat(expected.stream().map(Told::kind).distinct()).hasSize(6);
        assertThat(expected.stream().map(Told::status).distinct()).hasSize(3);
        assertThat(expected.stream().map(Told::resolution).distinct().count()).isGreaterThan(10);
    }

    /**
     * Day by day: definitions, then traffic, then the word that all of the day has been read. That word comes a little into
     * the next day, so that a definition of that time has to come before it.
     */
    private List<Told> live(boolean shuffled) {
        year.policies.stream().map(ProjectPolicy::newBuilder).forEach(cleanup.policies::add);
        if (shuffled) {
            define(SimulatedYear.FROM.minusMillis(1), SimulatedYear.TO.plus(SETTLE), true);
        } else {
            define(SimulatedYear.FROM.minusMillis(1), SimulatedYear.FROM.plus(SETTLE), false);
        }
        var told = new ArrayList<Told>();
        for (int day = 0; day < SimulatedYear.DAYS; day++) {
            var from = SimulatedYear.day(day);
            var to = SimulatedYear.day(day + 1);
            if (!shuffled) {
                define(from.plus(SETTLE), to.plus(SETTLE), false);
            }
            traffic(from, to, shuffled);
            cleanup.judgedUpTo(to);
            cleanup.alerts().stream().map(Told::of).forEach(told::add);
            while (cleanup.driver.values(cleanup.topics.progress()).isEmpty()) {
                cleanup.driver.advance(TURN);
                cleanup.alerts().stream().map(Told::of).forEach(told::add);
            }
        }
        told.sort(null);
        return told;
    }

    private void define(Instant after, Instant upTo, boolean shuffled) {
        var versions = year.lives.stream()
                .flatMap(life -> life.versions().stream())
                .filter(version -> version.getEffectiveFrom().isAfter(after)
                        && !version.getEffectiveFrom().isAfter(upTo))
                .collect(Collectors.toCollection(ArrayList::new));
        if (shuffled) {
            versions.addAll(versions.subList(0, versions.size() / 10));
            Collections.shuffle(versions, random);
        }
        for (var version : versions) {
            var key = version.getProject() + '/' + version.getEnvironment() + '/' + version.getExperiment();
            cleanup.driver.pipe(cleanup.topics.experiments(), key, version);
        }
    }

    private void traffic(Instant from, Instant to, boolean shuffled) {
        var deltas = new ArrayList<ExperimentDeltas>();
        var projectHours = new TreeMap<Instant, Long>();
        for (var life : year.lives) {
            life.traffic().subMap(from, to).forEach((quarter, count) -> {
                long blue = life.blue().getOrDefault(quarter, 0L);
                for (var part : List.of(
                        new QuarterCount("blue", quarter, blue), new QuarterCount("green", quarter, count - blue))) {
                    if (part.getCount() > 0) {
                        deltas.add(new ExperimentDeltas(
                                life.key().project(),
                                life.key().environment(),
                                life.key().experiment(),
                                CountingPolicy.EVALUATION,
                                List.of(part)));
                    }
                }
                projectHours.merge(Quarters.hourOf(quarter), count, Long::sum);
            });
        }
        if (shuffled) {
            Collections.shuffle(deltas, random);
            int half = deltas.size() / 2;
            cleanup.traffic(deltas.subList(0, half), Map.of());
            deltas.subList(0, half).clear();
        }
        cleanup.traffic(deltas, projectHours);
    }
}
