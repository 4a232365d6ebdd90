package dev.afterglow.alerts.cleanup;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The life of an experiment as a log of its traffic has it.
 *
 * @param isLeftover whether what comes in a quarter-hour is a leftover
 */
record LoggedLife(TrafficLog traffic, Predicate<Instant> isLeftover) implements Outcomes.Life {

    @Override
    public Optional<Instant> firstTraffic(Instant from) {
        return Optional.ofNullable(traffic.quarterStarts().ceiling(from));
    }

    @Override
    public long impressions(Instant from, Instant to) {
        return from.isBefore(to) ? traffic.impressions(from, to) : 0;
    }

    @Override
    public long leftovers(Instant from, Instant to) {
        return from.isBefore(to)
                ? traffic.quarters().subMap(from, to).entrySet().stream()
                        .filter(quarter -> isLeftover.test(quarter.getKey()))
                        .mapToLong(quarter -> quarter.getValue())
                        .sum()
                : 0;
    }

    @Override
    public Optional<Instant> lastTraffic(Instant before) {
        return traffic.lastTraffic(before);
    }

    @Override
    public boolean projectFlows(Instant at) {
        return traffic.projectFlows(at);
    }
}
