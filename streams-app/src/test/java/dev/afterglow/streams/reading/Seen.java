package dev.afterglow.streams.reading;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import java.util.Arrays;
import java.util.List;

/** Everything that was read of an event, or why nothing was. */
record Seen(
        List<String> texts,
        long occurredAt,
        long count,
        boolean backfill,
        long overheadMicros,
        long overheadBytes,
        Reason poison) {

    static Seen of(EventView view) {
        var texts = Arrays.stream(TextField.values()).map(view::text).toList();
        return new Seen(
                texts,
                view.occurredAt(),
                view.count(),
                view.backfill(),
                view.overheadMicros(),
                view.overheadBytes(),
                null);
    }

    static Seen of(EvaluationEvent event) {
        var texts = Arrays.asList(
                event.getId(),
                event.getProject(),
                event.getEnvironment(),
                event.getExperiment(),
                event.getVariant(),
                event.getUnit(),
                event.getSource(),
                event.getRun(),
                event.getPageView(),
                event.getSession(),
                event.getUserAgent());
        return new Seen(
                texts,
                event.getOccurredAt().toEpochMilli(),
                event.getCount(),
                event.getBackfill(),
                orZero(event.getOverheadMicros()),
                orZero(event.getOverheadBytes()),
                null);
    }

    static Seen of(PoisonException poison) {
        return new Seen(null, 0, 0, false, 0, 0, poison.reason());
    }

    private static long orZero(Long number) {
        return number == null ? 0 : number;
    }
}
