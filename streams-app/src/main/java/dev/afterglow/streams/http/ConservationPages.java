package dev.afterglow.streams.http;

import dev.afterglow.streams.readmodel.Conservation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** What became of every evaluation received. */
final class ConservationPages {

    private final HttpSources sources;

    ConservationPages(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/conservation", this::conservation);
    }

    private void conservation(Context context) {
        try (var view = sources.view().get()) {
            var sums = Conservation.of(view.ledgers());
            Json.answer(
                    context,
                    new Body(
                            sums.received(),
                            sums.counted(),
                            sums.duplicate(),
                            sums.excluded(),
                            sums.deadLettered(),
                            sums.conflicts(),
                            sums.partitions(),
                            sums.holds(),
                            new ByReason(sums.excludedByReason(), sums.deadLetteredByReason())));
        }
    }

    private record Body(
            long received,
            long counted,
            long duplicate,
            long excluded,
            long deadLettered,
            long conflicts,
            int partitions,
            boolean holds,
            ByReason byReason) {}

    private record ByReason(Map<String, Long> excluded, Map<String, Long> deadLettered) {}
}
