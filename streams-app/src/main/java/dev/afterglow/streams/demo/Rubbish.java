package dev.afterglow.streams.demo;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.demo.GeneratedRecord.Damage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Records that nobody can count, made out of good events. */
final class Rubbish {

    /** What can be wrong with a record. */
    enum Kind {
        NULL_VALUE,
        RANDOM_BYTES,
        OTHER_MAGIC,
        UNKNOWN_ID,
        TRUNCATED,
        TRAILING,
        EMPTY_VARIANT,
        BAD_SLUG,
        NO_COUNT,
        EMPTY_ID,
        TOO_LATE,
        FUTURE
    }

    /** An id that no registry of a demo gets to. */
    private static final int UNKNOWN_SCHEMA_ID = 2_147_483_000;

    private static final int ONE_DAY = (int) Duration.ofDays(1).toMillis();

    private final Instant now;

    Rubbish(Instant now) {
        this.now = now;
    }

    /**
     * Makes a bad record.
     *
     * @param event an event whose id is used nowhere else
     */
    GeneratedRecord make(Kind kind, EvaluationEvent event, SplittableRandom random) {
        // Counted but for what is wrong with it, and one evaluation, so that no second rule has a say in its fate.
        var good = EvaluationEvent.newBuilder(event)
                .setEnvironment(Fleet.COUNTED_ENVIRONMENT)
                .setCount(1)
                .build();
        return switch (kind) {
            case NULL_VALUE -> GeneratedRecord.raw(good.getUnit(), null, Fate.EMPTY);
            case RANDOM_BYTES ->
                GeneratedRecord.raw(good.getUnit(), bytes(1 + random.nextInt(255), random), Fate.WRONG_MAGIC);
            // 0xC3 begins Avro's own single-object encoding: good Avro, but not ours.
            case OTHER_MAGIC -> GeneratedRecord.raw(good.getUnit(), bytes(0xC3, random), Fate.WRONG_MAGIC);
            case UNKNOWN_ID -> GeneratedRecord.raw(good.getUnit(), unknown(random), Fate.UNKNOWN_SCHEMA);
            case TRUNCATED -> GeneratedRecord.damaged(good, Damage.TRUNCATED);
            case TRAILING -> GeneratedRecord.damaged(good, Damage.TRAILING);
            case EMPTY_VARIANT -> invalid(copy(good).setVariant(""));
            case BAD_SLUG -> invalid(copy(good).setProject("Not A Slug!"));
            case NO_COUNT -> invalid(copy(good).setCount(0));
            case EMPTY_ID -> invalid(copy(good).setId(""));
            case TOO_LATE -> dated(good, -63L * ONE_DAY - random.nextInt(20 * ONE_DAY), Fate.TOO_LATE);
            // Days ahead, so that it is still the future however long the run takes.
            case FUTURE -> dated(good, 2L * ONE_DAY + random.nextInt(8 * ONE_DAY), Fate.FUTURE);
        };
    }

    private GeneratedRecord dated(EvaluationEvent good, long millis, Fate fate) {
        return GeneratedRecord.of(
                copy(good)
                        .setOccurredAt(now.plusMillis(millis))
                        .setBackfill(false)
                        .build(),
                fate);
    }

    private static GeneratedRecord invalid(EvaluationEvent.Builder event) {
        return GeneratedRecord.of(event.build(), Fate.INVALID);
    }

    private static EvaluationEvent.Builder copy(EvaluationEvent good) {
        return EvaluationEvent.newBuilder(good);
    }

    private static byte[] bytes(int first, SplittableRandom random) {
        var bytes = new byte[6 + random.nextInt(60)];
        random.nextBytes(bytes);
        bytes[0] = (byte) first;
        return bytes;
    }

    private static byte[] unknown(SplittableRandom random) {
        var body = bytes(0, random);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(UNKNOWN_SCHEMA_ID)
                .put(body)
                .array();
    }
}
