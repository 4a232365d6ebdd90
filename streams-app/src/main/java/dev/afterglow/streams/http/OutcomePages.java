package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.OutcomeList;
import dev.afterglow.alerts.cleanup.OutcomeSum;
import dev.afterglow.alerts.cleanup.OutcomeText;
import dev.afterglow.alerts.cleanup.Outcomes;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.readmodel.AlertMessage;
import dev.afterglow.streams.readmodel.ReadModelView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
        var format = Format.of(context);
        var project = Optional.ofNullable(context.queryParam("project"));
        var team = Optional.ofNullable(context.queryParam("team"));
        var month = Optional.ofNullable(context.queryParam("month")).map(OutcomePages::month);
        try (var view = sources.view().get()) {
            var outcomes = view.outcomes().stream()
                    .filter(outcome -> project.isEmpty() || project.get().equals(outcome.getProject()))
                    .filter(outcome -> team.isEmpty() || team.get().equals(outcome.getTeam()))
                    .filter(outcome -> month.isEmpty() || month.get().equals(OutcomeSum.monthOf(outcome)))
                    .toList();
            if (format == Format.TEXT) {
                Format.answer(context, OutcomeList.lines(outcomes));
            } else {
                Json.answer(
                        context,
                        new All(
                                outcomes.stream().map(Json::node).toList(),
                                OutcomeSum.of(outcomes).stream()
                                        .map(OutcomePages::sum)
                                        .toList()));
            }
        }
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw ApiException.badRequest("month '" + text + "' is no month", "write YYYY-MM, for example 2026-03");
        }
    }

    private static Sum sum(OutcomeSum sum) {
        return new Sum(
                sum.month().toString(),
                sum.team(),
                sum.currency(),
                sum.runs(),
                sum.provisional(),
                sum.wastedMicros(),
                sum.savedMicrosPerMonth());
    }

    private void one(Context context) {
        var key = ExperimentPages.key(context);
        var run = Optional.ofNullable(context.queryParam("run"));
        var markdown = isMarkdown(context);
        try (var view = sources.view().get()) {
            var outcomes = view.outcomes(key);
            var outcome = outcomes.stream()
                    .filter(one -> run.isEmpty() || Objects.equals(run.get(), one.getRun()))
                    .findFirst()
                    .orElseThrow(() -> outcomes.isEmpty() ? none(view, key) : noneOf(run.orElseThrow(), key, outcomes));
            answer(context, outcome, markdown);
        }
    }

    private ApiException none(ReadModelView view, ExperimentKey key) {
        if (view.hours(key).isEmpty()
                && view.definition(key, sources.clock().instant()).isEmpty()) {
            return ExperimentPages.unknown(key);
        }
        var open = view.openAlerts().stream()
                .filter(alert -> alert.subject().equals(key.toString()))
                .map(AlertMessage::kind)
                .filter(Outcomes::waitFor)
                .collect(Collectors.joining(", "));
        return ApiException.notFound(
                "experiment " + key + " has no outcome" + (open.isEmpty() ? "" : " yet: it has not ended"),
                "one is written when "
                        + (open.isEmpty() ? "the last clean-up alert of a run" : open + ", which is open,")
                        + " is resolved by its end: 'afterglow explain' says how it stands");
    }

    private static ApiException noneOf(String run, ExperimentKey key, List<ExperimentOutcome> outcomes) {
        return ApiException.notFound(
                "run '" + run + "' of experiment " + key + " has no outcome",
                "ask for one that has: "
                        + outcomes.stream()
                                .map(one -> one.getRun() == null ? "the one without a name" : "'" + one.getRun() + "'")
                                .collect(Collectors.joining(", ")));
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

    private record All(List<?> outcomes, List<Sum> sums) {}

    private record Sum(
            String month,
            String team,
            String currency,
            long runs,
            long provisional,
            Long wastedMicros,
            Long savedMicrosPerMonth) {}
}
