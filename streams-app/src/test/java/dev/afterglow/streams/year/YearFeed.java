package dev.afterglow.streams.year;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
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

/** A simulated year on its way to the stage that judges it: definitions, then traffic, then the word that it is all. */
public final class YearFeed {

    /** Where the year goes. */
    public interface Inlet {

        /** A version of the definition of an experiment. */
        void define(ExperimentKey experiment, ExperimentDefinition version);

        /** Traffic of many experiments together, and that of their project by the hour. */
        void traffic(List<ExperimentDeltas> deltas, Map<Instant, Long> projectHours);

        /** Everything that arrived before an instant has been handed over. */
        void watermark(Instant readUpTo);
    }

    /** In which order things arrive. */
    public enum Order {
        /** As they happened. */
        IN_ORDER,
        /** In any that is not too late, definitions long before they hold, and some of them twice. */
        OUT_OF_ORDER
    }

    private final SimulatedYear year;
    private final Order order;
    private final Random random;
    private final Duration settle;
    private final Inlet inlet;
    private Instant definedUpTo = SimulatedYear.FROM.minusMillis(1);

    /**
     * @param seed of the order, where it is left to chance
     * @param settle how long after the end of an hour its traffic is waited for
     */
    public YearFeed(SimulatedYear year, Order order, long seed, Duration settle, Inlet inlet) {
        this.year = year;
        this.order = order;
        this.random = new Random(seed);
        this.settle = settle;
        this.inlet = inlet;
    }

    /**
     * Definitions that hold before the word of the end of a day; to be called before the traffic of the day. That word
     * comes a little into the next day, and so do these.
     */
    public void define(int day) {
        var upTo = order == Order.IN_ORDER ? readUpTo(day) : readUpTo(SimulatedYear.DAYS);
        var versions = year.lives.stream()
                .flatMap(life -> life.versions().stream())
                .filter(version -> version.getEffectiveFrom().isAfter(definedUpTo)
                        && !version.getEffectiveFrom().isAfter(upTo))
                .collect(Collectors.toCollection(ArrayList::new));
        if (order == Order.OUT_OF_ORDER) {
            versions.addAll(versions.subList(0, versions.size() / 10));
            Collections.shuffle(versions, random);
        }
        versions.forEach(version -> inlet.define(keyOf(version), version));
        definedUpTo = upTo;
    }

    /** The traffic of a day, and the word that all of the day has been read. */
    public void live(int day) {
        var deltas = new ArrayList<ExperimentDeltas>();
        var projectHours = new TreeMap<Instant, Long>();
        for (var life : year.lives) {
            life.traffic()
                    .subMap(SimulatedYear.day(day), SimulatedYear.day(day + 1))
                    .forEach((quarter, count) -> {
                        deltas.addAll(deltas(life, quarter, count));
                        projectHours.merge(Quarters.hourOf(quarter), count, Long::sum);
                    });
        }
        if (order == Order.OUT_OF_ORDER) {
            Collections.shuffle(deltas, random);
            int half = deltas.size() / 2;
            inlet.traffic(deltas.subList(0, half), Map.of());
            deltas.subList(0, half).clear();
        }
        inlet.traffic(deltas, projectHours);
        inlet.watermark(readUpTo(day));
    }

    /** Up to where everything has been read when a day has been lived. */
    public Instant readUpTo(int day) {
        return SimulatedYear.day(day + 1).plus(settle);
    }

    private static ExperimentKey keyOf(ExperimentDefinition version) {
        return new ExperimentKey(version.getProject(), version.getEnvironment(), version.getExperiment());
    }

    private static List<ExperimentDeltas> deltas(Life life, Instant quarter, long count) {
        long blue = life.blue().getOrDefault(quarter, 0L);
        var key = life.key();
        return List.of(new QuarterCount("blue", quarter, blue), new QuarterCount("green", quarter, count - blue))
                .stream()
                .filter(part -> part.getCount() > 0)
                .map(part -> new ExperimentDeltas(
                        key.project(), key.environment(), key.experiment(), CountingPolicy.EVALUATION, List.of(part)))
                .toList();
    }
}
