package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.ActionCheck;
import dev.afterglow.alerts.cleanup.AlertIds;
import dev.afterglow.alerts.cleanup.Check;
import dev.afterglow.alerts.cleanup.CountedTraffic;
import dev.afterglow.alerts.cleanup.Explanation;
import dev.afterglow.alerts.cleanup.ExplanationText;
import dev.afterglow.alerts.cleanup.Finding;
import dev.afterglow.alerts.cleanup.OpenOne;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.PermanentRun;
import dev.afterglow.streams.readmodel.AlertMessage;
import dev.afterglow.streams.readmodel.ReadModelView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why an experiment is, or is not, flagged. */
final class ExplainPage {

    private static final Duration ALERTS_KEPT = Duration.ofDays(90);

    private final HttpSources sources;

    ExplainPage(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/experiments/{project}/{environment}/{experiment}/explain", this::explain);
    }

    private void explain(Context context) {
        var key = ExperimentPages.key(context);
        var format = Format.of(context);
        try (var view = sources.view().get()) {
            var open = view.openAlerts().stream()
                    .filter(alert -> alert.subject().equals(key.toString()))
                    .map(ExplainPage::open)
                    .toList();
            var explanation = explanation(view, key, open);
            if (format == Format.TEXT) {
                Format.answer(context, ExplanationText.lines(explanation, open));
            } else {
                Json.answer(context, answer(explanation, open));
            }
        }
    }

    private Explanation explanation(ReadModelView view, ExperimentKey key, List<OpenOne> open) {
        var configured = sources.configured().apply(key).orElseThrow(ExplainPage::unread);
        var hours = view.hours(key);
        if (hours.isEmpty() && configured.definitions().versions().isEmpty()) {
            throw ExperimentPages.unknown(key);
        }
        var now = sources.clock().instant();
        var books = new PublishedBooks(view, configured.plans(), now);
        var run = configured
                .definitions()
                .phaseAt(now)
                .map(phase -> phase.definition().getRun())
                .orElse(null);
        return Explanation.of(
                key,
                configured.definitions().permanentIn(permanentRuns(view, key)),
                configured.policies(),
                CountedTraffic.of(hours).paidBy(new ProjectAccounts(configured.policies(), books)),
                resolved(view, key, run, open),
                now);
    }

    /** The kinds of which there was an alert in a run, and is none now. */
    private static Set<String> resolved(ReadModelView view, ExperimentKey key, String run, List<OpenOne> open) {
        return Stream.of(CleanupKind.values())
                .filter(kind -> view.alert(AlertIds.of(kind, key, run, 1))
                        .filter(first -> first.status() == AlertStatus.RESOLVED)
                        .isPresent())
                .map(Enum::name)
                .filter(kind -> open.stream().noneMatch(alert -> alert.kind().equals(kind)))
                .collect(Collectors.toSet());
    }

    /**
     * Runs that somebody marked as permanent, and that the judge took for it: the alert was resolved then. Alerts are
     * forgotten before actions are; of one that is gone the action is taken at its word.
     */
    private List<PermanentRun> permanentRuns(ReadModelView view, ExperimentKey key) {
        return view.actions(key.toString()).stream()
                .filter(action -> action.getAction() == ActionKind.PERMANENT)
                .filter(action -> ActionCheck.problems(action).isEmpty())
                .flatMap(action -> permanentRun(view.history(action.getAlertId()), action).stream())
                .toList();
    }

    private Optional<PermanentRun> permanentRun(List<AlertMessage> history, AlertAction action) {
        if (history.isEmpty()
                && action.getAt().isBefore(sources.clock().instant().minus(ALERTS_KEPT))) {
            return Optional.of(new PermanentRun(AlertIds.runOf(action.getAlertId()), action.getAt()));
        }
        return history.stream()
                .map(AlertMessage::message)
                .filter(CleanupAlert.class::isInstance)
                .map(CleanupAlert.class::cast)
                .filter(alert -> alert.getResolution() == Resolution.EXEMPTED)
                .filter(alert -> !alert.getAt().isBefore(action.getAt()))
                .findFirst()
                .map(alert -> new PermanentRun(alert.getRun(), alert.getAt()));
    }

    static ApiException unread() {
        return ApiException.unavailable(
                "the configuration has not been read yet", "ask again when /health/ready says yes");
    }

    private static OpenOne open(AlertMessage alert) {
        var snoozedUntil = alert.message() instanceof CleanupAlert cleanup ? cleanup.getSnoozedUntil() : null;
        return new OpenOne(alert.kind(), alert.status().name(), alert.at(), alert.alertId(), snoozedUntil);
    }

    private static Explained answer(Explanation explanation, List<OpenOne> open) {
        var key = explanation.key();
        return new Explained(
                key.project(),
                key.environment(),
                key.experiment(),
                explanation.at(),
                explanation.isFlagged() || open.stream().anyMatch(explanation::keepsOpen),
                explanation
                        .phase()
                        .map(phase -> phase.definition().getVersion())
                        .orElse(null),
                explanation.lastTraffic().orElse(null),
                explanation.findings().stream().map(ExplainPage::rule).toList(),
                open);
    }

    private static RuleAnswer rule(Finding finding) {
        return new RuleAnswer(
                finding.kind().name(),
                finding.applies(),
                finding.severity().map(Enum::name).orElse(null),
                finding.checks(),
                finding.costLimit().orElse(null),
                finding.cost().orElse(null));
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
            List<OpenOne> openAlerts) {}

    private record RuleAnswer(
            String kind, boolean applies, String severity, List<Check> checks, Check costLimit, String cost) {}
}
