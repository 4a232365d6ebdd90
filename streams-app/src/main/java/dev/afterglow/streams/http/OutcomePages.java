package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.OutcomeText;
import dev.afterglow.contract.ExperimentOutcome;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How experiments ended: figures for programs, and a page for a knowledge base. */
final class OutcomePages {

    private static final String MARKDOWN = "text/markdown";

    private final HttpSources sources;

    OutcomePages(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/outcomes", this::all);
        routes.get("/api/v1/experiments/{project}/{environment}/{experiment}/outcome", this::one);
    }

    private void all(Context context) {
        var project = Optional.ofNullable(context.queryParam("project"));
        try (var view = sources.view().get()) {
            Json.answer(
                    context,
                    new Outcomes(view.outcomes().stream()
                            .filter(outcome ->
                                    project.isEmpty() || project.get().equals(outcome.getProject()))
                            .map(Json::node)
                            .toList()));
        }
    }

    private void one(Context context) {
        var key = ExperimentPages.key(context);
        var run = Optional.ofNullable(context.queryParam("run"));
        var markdown = isMarkdown(context);
        try (var view = sources.view().get()) {
            var outcome = view.outcomes(key).stream()
                    .filter(one -> run.isEmpty() || Objects.equals(run.get(), one.getRun()))
                    .findFirst()
                    .orElseThrow(() -> ApiException.notFound(
                            run.map(name -> "run '" + name + "' of ").orElse("") + "experiment " + key
                                    + " has no outcome",
                            "there is one when a clean-up alert of it was resolved by its end:"
                                    + " see /api/v1/outcomes, and .../explain for what is open"));
            answer(context, outcome, markdown);
        }
    }

    private static void answer(Context context, ExperimentOutcome outcome, boolean markdown) {
        if (markdown) {
            context.contentType(MARKDOWN + "; charset=utf-8");
            context.result((String.join("\n", OutcomeText.markdown(outcome)) + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
            Json.answer(context, Json.node(outcome));
        }
    }

    private static boolean isMarkdown(Context context) {
        var format = context.queryParam("format");
        if (format == null || format.equals("json")) {
            return false;
        }
        if (format.equals("markdown")) {
            return true;
        }
        throw ApiException.badRequest("format '" + format + "' is not known", "give json or markdown");
    }

    private record Outcomes(List<?> outcomes) {}
}
