package dev.afterglow.streams.demo;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Adds up generated records by what has to become of them. */
final class Tally implements Consumer<GeneratedRecord> {

    static final long QUARTER_MILLIS = 900_000;

    /** Unparsed identity, since one is looked up for every event. */
    record Slot(String project, String environment, String experiment, String variant, long quarter) {

        ExperimentKey experimentKey() {
            return new ExperimentKey(project, environment, experiment);
        }

        Cell cell() {
            return new Cell(variant, Instant.ofEpochMilli(Math.floorDiv(quarter, 4) * 4 * QUARTER_MILLIS));
        }
    }

    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final Map<Slot, Long> slots = new HashMap<>();
    private long records;

    @Override
    public void accept(GeneratedRecord generated) {
        records++;
        fates.merge(generated.fate(), generated.weight(), Math::addExact);
        if (generated.fate() == Fate.COUNTED) {
            var event = generated.event();
            slots.merge(slot(event), event.getCount(), Math::addExact);
        }
    }

    /** Impressions by variant and quarter-hour, in quarter-hours since 1970. */
    Map<Slot, Long> slots() {
        return Map.copyOf(slots);
    }

    /** Records so far, whatever they stand for. */
    long records() {
        return records;
    }

    /** Evaluations that met a fate. */
    long of(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    Conservation conservation() {
        var reasons = new HashMap<String, Long>();
        var received = 0L;
        var dead = 0L;
        for (var entry : fates.entrySet()) {
            received = Math.addExact(received, entry.getValue());
            if (entry.getKey().isDeadLetter()) {
                reasons.put(entry.getKey().name(), entry.getValue());
                dead = Math.addExact(dead, entry.getValue());
            }
        }
        return new Conservation(
                received,
                of(Fate.COUNTED),
                Math.addExact(of(Fate.DUPLICATE), of(Fate.CONFLICT)),
                of(Fate.EXCLUDED),
                dead,
                of(Fate.CONFLICT),
                reasons);
    }

    private static Slot slot(EvaluationEvent event) {
        return new Slot(
                event.getProject(),
                event.getEnvironment(),
                event.getExperiment(),
                event.getVariant(),
                Math.floorDiv(event.getOccurredAt().toEpochMilli(), QUARTER_MILLIS));
    }
}
