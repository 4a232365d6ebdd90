package dev.afterglow.streams.bench;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/** The events of a specification: each record is a function of the seed and its index alone. */
final class EventGenerator {

    static final String PROJECT = "bench-shop";
    static final String ENVIRONMENT = "production";

    private static final long OTHERS_LATE_MS = 2_000;
    private static final int UNITS = 500_000;
    /**
     * Minutes of arrival within which an event is repeated at most, as when a client sends again. With what is out of order
     * it stays below the grace of the rivals: none of them has a reason to call anything late.
     */
    private static final int REPEATED_WITHIN = 3;

    private static final String[] VARIANTS = {"control", "treatment", "treatment-b"};

    private final DataSpec spec;
    private final Instant from;
    private final long spanMillis;
    private final long repeatedWithin;
    private final double[] cumulated;
    private final String[] names;

    /** @param end when the last event arrived */
    EventGenerator(DataSpec spec, Instant end) {
        this.spec = spec;
        this.spanMillis = Duration.ofHours(spec.hours()).toMillis();
        this.from = end.minusMillis(spanMillis);
        this.repeatedWithin = Math.max(1, spec.events() * REPEATED_WITHIN / (spec.hours() * 60L));
        this.cumulated = popularity(spec);
        this.names = new String[spec.experiments()];
        Arrays.setAll(names, index -> String.format("checkout-exp-%05d", index));
    }

    /** When the record of an index arrived; never falls as the index grows. */
    Instant arrival(long index) {
        return from.plusMillis((long) ((double) spanMillis * index / spec.events()));
    }

    /** The index of the event that a record carries: its own, or that of the earlier one which it repeats. */
    long original(long index) {
        if (!isRepeat(index)) {
            return index;
        }
        var at = index - 1 - random(index, 2).nextLong(Math.min(index, repeatedWithin));
        // Not a repeat of a repeat: that would be later than the bound.
        while (isRepeat(at)) {
            at--;
        }
        return at;
    }

    private boolean isRepeat(long index) {
        return index > 0 && random(index, 1).nextDouble() < spec.duplicates();
    }

    /** The event of an index, whether or not a record repeats it. */
    EvaluationEvent event(long index) {
        var random = random(index, 0);
        int experiment = pick(random.nextDouble());
        var late = random.nextDouble() < spec.outOfOrder() ? DataSpec.LATEST.toMillis() : OTHERS_LATE_MS;
        var occurredAt = arrival(index).minusMillis(random.nextLong(late));
        // The index makes it unique, the rest makes it look like any other id.
        var id = new UUID(random.nextLong(), index);
        var unit = String.format("visitor-%010d", random.nextInt(UNITS));
        return new EvaluationEvent(
                id.toString(),
                PROJECT,
                ENVIRONMENT,
                names[experiment],
                VARIANTS[random.nextInt(variants(experiment))],
                unit,
                occurredAt,
                1L,
                "web-sdk",
                "run-1",
                new UUID(random.nextLong(), random.nextLong()).toString(),
                Long.toHexString(random.nextLong()),
                200L + random.nextInt(4_000),
                500L + random.nextInt(2_000),
                false,
                null);
    }

    int experiments() {
        return names.length;
    }

    ExperimentKey key(int experiment) {
        return new ExperimentKey(PROJECT, ENVIRONMENT, names[experiment]);
    }

    /** The variants of an experiment: every second one has three, the others two. */
    static int variants(int experiment) {
        return 2 + experiment % 2;
    }

    static String variant(int index) {
        return VARIANTS[index];
    }

    private int pick(double drawn) {
        int found = Arrays.binarySearch(cumulated, drawn);
        return Math.min(found < 0 ? -found - 1 : found + 1, cumulated.length - 1);
    }

    private static double[] popularity(DataSpec spec) {
        var cumulated = new double[spec.experiments()];
        var sum = 0.0;
        for (int rank = 0; rank < cumulated.length; rank++) {
            sum += 1 / Math.pow(rank + 1, spec.zipf());
            cumulated[rank] = sum;
        }
        for (int rank = 0; rank < cumulated.length; rank++) {
            cumulated[rank] = spec.hot() + (1 - spec.hot()) * cumulated[rank] / sum;
        }
        return cumulated;
    }

    private SplittableRandom random(long index, int purpose) {
        // Mixed, since neighbouring seeds of SplittableRandom may give sequences that are shifts of one another.
        return new SplittableRandom(mix(mix(spec.seed() + purpose * 0x9E3779B97F4A7C15L) + index));
    }

    /** The finaliser of MurmurHash3 (public domain, A. Appleby): a bijection in which every bit reaches every other. */
    private static long mix(long value) {
        var mixed = value + 0x632BE59BD9B4E019L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
