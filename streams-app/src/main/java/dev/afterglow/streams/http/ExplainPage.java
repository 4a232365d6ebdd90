package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.Check;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.cleanup.Explanation;
import dev.afterglow.alerts.cleanup.ExplanationText;
import dev.afterglow.alerts.cleanup.Finding;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.readmodel.AlertMessage;
import dev.afterglow.streams.readmodel.ReadModelView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Why an experiment is, or is not, flagged. */
final class ExplainPage {

    private static final String TEXT = "text";
    private static final String JSON = "json";

    private final HttpSources sources;

    ExplainPage(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/experiments/{project}/{environment}/{experiment}/explain", this::explain);
    }

    private void explain(Context context) {
        var key = ExperimentPages.key(context);
        var format = context.queryParamAsClass("format", String.class).getOrDefault(JSON);
        if (!List.of(JSON, TEXT).contains(format)) {
            throw ApiException.badRequest("format '" + format + "' is not known", "write ?format=json or ?format=text");
        }
        try (var view = sources.view().get()) {
            var explanation = explanation(view, key);
            var alerts = view.openAlerts().stream()
                    .filter(alert -> alert.subject().equals(key.toString()))
                    .toList();
            if (format.equals(TEXT)) {
                context.contentType("text/plain; charset=utf-8")
                        .header("Cache-Control", "no-store")
                        .result(text(explanation, alerts));
            } else {
                Json.answer(context, answer(explanation, alerts));
            }
        }
    }

    private Explanation explanation(ReadModelView view, ExperimentKey key) {
        var definitions = Definitions.of(view.definitionVersions(key));
        var hours = view.hours(key);
        if (hours.isEmpty() && definitions.versions().isEmpty()) {
            throw ExperimentPages.unknown(key);
        }
        var policies = sources.policies()
                .apply(key.project())
                .orElseThrow(() -> ApiException.unavailable(
                        "the policies of the projects have not been read yet",
                        "ask again when /health/ready says yes"));
        return Explanation.of(
                key,
                definitions,
                policies,
                new PublishedTraffic(hours),
                sources.clock().instant());
    }

    private static String text(Explanation explanation, List<AlertMessage> alerts) {
        var lines = new ArrayList<>(ExplanationText.lines(explanation));
        lines.add("");
        if (alerts.isEmpty()) {
            lines.add("No alert is open.");
        }
        alerts.forEach(alert -> lines.add(
                alert.status() + ": " + alert.kind() + " since " + alert.at() + " (" + alert.alertId() + ")"));
        return String.join("\n", lines) + "\n";
    }

    private static Explained answer(Explanation explanation, List<AlertMessage> alerts) {
        var key = explanation.key();
        return new Explained(
                key.project(),
                key.environment(),
                key.experiment(),
                explanation.at(),
                explanation.isFlagged(),
                explanation
                        .phase()
                        .map(phase -> phase.definition().getVersion())
                        .orElse(null),
                explanation.lastTraffic().orElse(null),
                explanation.findings().stream().map(ExplainPage::rule).toList(),
                alerts.stream().map(AlertMessage::alertId).toList());
    }

    private static RuleAnswer rule(Finding finding) {
        return new RuleAnswer(
                finding.kind().name(),
                finding.applies(),
                finding.severity().map(Enum::name).orElse(null),
                finding.checks());
    }

    private record Explained(
            String project,
            String environment,
            String experiment,
            Instant at,
            boolean flagged,
            Long definitionVersion,
            Instant lastTrafficBefore,
            List<RuleAnswer> rules,
            List<String> openAlerts) {}

    private record RuleAnswer(String kind, boolean applies, String severity, List<Check> checks) {}
}
