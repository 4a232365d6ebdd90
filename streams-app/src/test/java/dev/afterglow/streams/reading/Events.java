package dev.afterglow.streams.reading;

import dev.afterglow.contract.EvaluationEvent;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Events for tests. */
final class Events {
    private static final List<String> PIECES = List.of(
            "a", "checkout", "-", "/", "%", "ä", "実験", "\uD83D\uDE80", "\u0000", "\u007F", "\u0080", "\uFFFD", " ");
    private static final long[] EXTREMES = {0, 1, -1, 63, 64, -64, -65, Long.MIN_VALUE, Long.MAX_VALUE};

    private Events() {}

    static EvaluationEvent plain() {
        return event("e-1", "shop", "production", "checkout-button", "blue", "user-1", null);
    }

    static EvaluationEvent event(
            String id,
            String project,
            String environment,
            String experiment,
            String variant,
            String unit,
            String source) {
        return new EvaluationEvent(
                id,
                project,
                environment,
                experiment,
                variant,
                unit,
                Instant.parse("2026-03-01T10:20:30.456Z"),
                1L,
                source,
                null,
                "page-1",
                "session-1",
                null,
                null,
                false,
                null);
    }

    static EvaluationEvent random(Random random) {
        return new EvaluationEvent(
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                Instant.ofEpochMilli(number(random)),
                number(random),
                optional(random),
                optional(random),
                optional(random),
                optional(random),
                random.nextBoolean() ? null : number(random),
                random.nextBoolean() ? null : number(random),
                random.nextBoolean(),
                optional(random));
    }

    static String text(Random random) {
        var text = new StringBuilder();
        int pieces = random.nextInt(20) == 0 ? 200 : random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    static long number(Random random) {
        return random.nextInt(3) == 0
                ? EXTREMES[random.nextInt(EXTREMES.length)]
                : random.nextLong() >> random.nextInt(64);
    }

    private static String optional(Random random) {
        return random.nextInt(3) == 0 ? null : text(random);
    }
}
