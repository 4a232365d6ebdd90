package dev.afterglow.streams.demo;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.demo.Draws.Purpose;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The traffic of a fleet in two parts: valid events mostly in order over 36 hours, and among them repeats, conflicts, late
 * ones and rubbish. The same fleet, seed and number of events give the same records.
 */
final class TrafficGenerator {

    /** Below this some kinds of record or some experiments would be missing. */
    static final long MINIMUM_EVENTS = 1_000;

    /** The rest of the events comes after the clean-up: the last six of the 36 hours. */
    private static final int FIRST_PART_SIXTHS = 5;

    private static final int PER_100_000 = 100_000;
    private static final int DUPLICATES = 1_000;
    private static final int CONFLICTS = DUPLICATES + 50;
    private static final int RUBBISH = CONFLICTS + 400;
    private static final int NEAR = 2_000;

    /** From this index on every kind of rubbish comes once for certain, then by chance. */
    private static final long SAMPLES_FROM = 100;

    private static final Rubbish.Kind[] KINDS = Rubbish.Kind.values();

    private final EventSource source;
    private final EventSource unused;
    private final Rubbish rubbish;
    private final Draws draws;
    private final long events;
    private final long firstPart;

    /**
     * @param events valid events before repeats and rubbish, {@value #MINIMUM_EVENTS} or more
     * @throws IllegalArgumentException when there are too few
     */
    TrafficGenerator(Fleet fleet, long seed, long events) {
        if (events < MINIMUM_EVENTS) {
            throw new IllegalArgumentException("--events " + events
                    + " is too few for every experiment to get some: give " + MINIMUM_EVENTS + " or more");
        }
        this.events = events;
        this.firstPart = events / 6 * FIRST_PART_SIXTHS;
        this.source = new EventSource(fleet, seed, events, firstPart);
        // Bad events get ids of their own, so that a bad one that is wrongly counted hides no good one.
        this.unused = new EventSource(fleet, ~seed, events, firstPart);
        this.rubbish = new Rubbish(fleet.now());
        this.draws = new Draws(seed);
    }

    /** Number of valid events, repeats not among them. */
    long events() {
        return events;
    }

    /** Gives the records of before the clean-up, in order. */
    void firstPart(Consumer<GeneratedRecord> sink) {
        part(0, firstPart, sink);
    }

    /** Gives the records of after the clean-up, in order. */
    void secondPart(Consumer<GeneratedRecord> sink) {
        part(firstPart, events, sink);
    }

    /** An event of right now, for a view that lives; {@code number} tells it from the others. */
    GeneratedRecord live(long number, Instant now) {
        return GeneratedRecord.of(source.live(number, now), Fate.COUNTED);
    }

    private void part(long from, long to, Consumer<GeneratedRecord> sink) {
        for (var index = from; index < to; index++) {
            var event = source.event(index);
            sink.accept(GeneratedRecord.of(event, isExcluded(event) ? Fate.EXCLUDED : Fate.COUNTED));
            beside(index, sink);
        }
    }

    private void beside(long index, Consumer<GeneratedRecord> sink) {
        var random = draws.at(Purpose.BESIDE, index);
        var dice = random.nextInt(PER_100_000);
        var sample = index - SAMPLES_FROM;
        if (sample >= 0 && sample < KINDS.length) {
            sink.accept(rubbish(KINDS[(int) sample], index));
        } else if (sample == KINDS.length) {
            repeat(index, true, random, sink);
        } else if (dice < DUPLICATES) {
            repeat(index, false, random, sink);
        } else if (dice < CONFLICTS) {
            repeat(index, true, random, sink);
        } else if (dice < RUBBISH) {
            sink.accept(rubbish(KINDS[random.nextInt(KINDS.length)], index));
        }
    }

    private GeneratedRecord rubbish(Rubbish.Kind kind, long index) {
        return rubbish.make(kind, unused.event(index), draws.at(Purpose.DAMAGE, index));
    }

    /** Most repeats follow soon; some come from any time before, across the clean-up too. */
    private void repeat(long index, boolean conflict, SplittableRandom random, Consumer<GeneratedRecord> sink) {
        var reach = random.nextInt(5) == 0 ? index + 1 : Math.min(index + 1, NEAR);
        var event = source.event(index - random.nextLong(reach));
        if (isExcluded(event)) {
            // Whether a repeat of what does not count is a duplicate or excluded is nobody's concern.
            return;
        }
        if (conflict && event.getCount() == 1) {
            sink.accept(GeneratedRecord.of(source.conflicting(event), Fate.CONFLICT));
        } else {
            sink.accept(GeneratedRecord.of(event, Fate.DUPLICATE));
        }
    }

    private static boolean isExcluded(EvaluationEvent event) {
        return event.getEnvironment().equals(Fleet.OTHER_ENVIRONMENT);
    }
}
