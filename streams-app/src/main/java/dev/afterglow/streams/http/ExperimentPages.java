package dev.afterglow.streams.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.readmodel.ReadModelView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which experiments there are, what they count, and what is defined about them. */
final class ExperimentPages {

    private static final int MOST = 10_000;

    private final HttpSources sources;

    ExperimentPages(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/experiments", this::list);
        routes.get("/api/v1/experiments/{project}/{environment}/{experiment}", this::detail);
    }

    private void list(Context context) {
        var project = Optional.ofNullable(context.queryParam("project"));
        var environment = Optional.ofNullable(context.queryParam("environment"));
        var after = Optional.ofNullable(context.queryParam("after"));
        var limit = Limit.of(context, MOST);
        try (var view = sources.view().get()) {
            var definitions = view.definitions(now());
            var impressions = view.impressionsByExperiment();
            var identities = new TreeSet<>(definitions.keySet());
            identities.addAll(impressions.keySet());
            var matching = (after.isPresent() ? identities.tailSet(after.get(), false) : identities)
                    .stream()
                            .map(ExperimentKey::parse)
                            .filter(key -> project.isEmpty() || project.get().equals(key.project()))
                            .filter(key ->
                                    environment.isEmpty() || environment.get().equals(key.environment()))
                            .limit(limit + 1L)
                            .toList();
            var rows = matching.stream()
                    .limit(limit)
                    .map(key ->
                            summary(key, impressions.getOrDefault(key.toString(), 0L), definitions.get(key.toString())))
                    .toList();
            var next = matching.size() > limit ? matching.get(limit - 1).toString() : null;
            Json.answer(context, new Experiments(rows, next));
        }
    }

    private Summary summary(ExperimentKey key, long impressions, ExperimentDefinition definition) {
        return new Summary(
                key.project(),
                key.environment(),
                key.experiment(),
                impressions,
                status(definition),
                definition == null ? null : definition.getName(),
                definition == null ? null : definition.getOwnerTeam());
    }

    private void detail(Context context) {
        var key = key(context);
        try (var view = sources.view().get()) {
            var definition = view.definition(key, now()).orElse(null);
            var hours = view.hours(key);
            if (hours.isEmpty() && definition == null) {
                throw unknown(key);
            }
            Json.answer(context, detail(view, key, definition, hours));
        }
    }

    private Detail detail(
            ReadModelView view, ExperimentKey key, ExperimentDefinition definition, List<ImpressionCount> hours) {
        var newest = hours.isEmpty() ? null : hours.get(hours.size() - 1);
        return new Detail(
                key.project(),
                key.environment(),
                key.experiment(),
                view.impressions(key).orElse(0L),
                newest == null ? null : newest.getPolicy().name(),
                status(definition),
                view.impressionsByVariant(key).entrySet().stream()
                        .map(variant -> new Variant(variant.getKey(), variant.getValue()))
                        .toList(),
                hours.stream()
                        .map(hour -> new Hour(hour.getHour(), hour.getVariant(), hour.getCount(), hour.getRevision()))
                        .toList(),
                definition == null ? null : Json.node(definition));
    }

    static ApiException unknown(ExperimentKey key) {
        return ApiException.notFound(
                "no experiment " + key + " is known",
                "'afterglow costs export --account ACCOUNT --period YYYY-MM' lists those of a month, /api/v1/experiments"
                        + " all that are known; / in a key is written %2F, and % is written %25");
    }

    static ExperimentKey key(Context context) {
        try {
            return new ExperimentKey(
                    context.pathParam("project"), context.pathParam("environment"), context.pathParam("experiment"));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(
                    e.getMessage(), "write /api/v1/experiments/{project}/{environment}/{experiment}");
        }
    }

    private String status(ExperimentDefinition definition) {
        return definition == null ? "UNKNOWN" : sources.rollout().apply(definition);
    }

    private Instant now() {
        return sources.clock().instant();
    }

    private record Experiments(List<Summary> experiments, String next) {}

    private record Summary(
            String project,
            String environment,
            String experiment,
            long impressions,
            String status,
            String name,
            String team) {}

    private record Detail(
            String project,
            String environment,
            String experiment,
            long impressions,
            String policy,
            String status,
            List<Variant> variants,
            List<Hour> hours,
            ObjectNode definition) {}

    private record Variant(String variant, long impressions) {}

    private record Hour(Instant hour, String variant, long impressions, long revision) {}
}
