package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.ActionCheck;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.streams.readmodel.AlertMessage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What people do about clean-up alerts. */
final class ActionPages {

    private static final String PATH = "/api/v1/alert-actions";
    private static final List<ActionKind> KINDS = Arrays.stream(ActionKind.values())
            .filter(kind -> kind != ActionKind.UNKNOWN)
            .toList();
    private static final String NAMES = KINDS.stream().map(Enum::name).collect(Collectors.joining(", "));

    private final HttpSources sources;

    ActionPages(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.post(PATH, this::act);
        routes.get(PATH, this::actions);
    }

    /** What somebody asks for. The alert says what it is about, and the clock when it was done. */
    private record Asked(
            String alertId,
            String action,
            String by,
            Instant snoozeUntil,
            String link,
            String keyLearning,
            String followUp) {}

    private void act(Context context) {
        Posted.require(context, "JSON", List.of("application/json"));
        var asked = Json.read(context.bodyAsBytes(), Asked.class);
        if (asked == null || asked.alertId() == null) {
            throw ApiException.badRequest("alertId is missing", "give the id of an open alert: see /api/v1/alerts");
        }
        var alert = cleanupToActUpon(asked.alertId(), kind(asked.action()));
        var action = AlertAction.newBuilder()
                .setAlertId(alert.alertId())
                .setSubject(alert.subject())
                .setAction(kind(asked.action()))
                .setAt(sources.clock().instant().truncatedTo(ChronoUnit.MILLIS))
                .setBy(asked.by() == null ? "" : asked.by())
                .setSnoozeUntil(asked.snoozeUntil())
                .setLink(asked.link())
                .setKeyLearning(asked.keyLearning())
                .setFollowUp(asked.followUp())
                .build();
        var problems = ActionCheck.problems(action);
        if (!problems.isEmpty()) {
            throw ApiException.badRequest(String.join("; ", problems), "put that right and send it again");
        }
        sources.actions().accept(action);
        Json.answer(context, 202, Json.node(action));
    }

    private AlertMessage cleanupToActUpon(String alertId, ActionKind action) {
        try (var view = sources.view().get()) {
            var alert = view.alert(alertId)
                    .orElseThrow(() -> ApiException.notFound(
                            "no alert '" + alertId + "' is known", "take the alertId from /api/v1/alerts"));
            if (!(alert.message() instanceof CleanupAlert)) {
                throw ApiException.badRequest(
                        "'" + alertId + "' is no clean-up alert",
                        "only those can be acted upon; others are resolved by what they are about");
            }
            if (alert.status() == AlertStatus.RESOLVED && action != ActionKind.DOCUMENTED) {
                throw ApiException.conflict(
                        "'" + alertId + "' was resolved at " + alert.at(),
                        "nothing is left to do but to write it down: DOCUMENTED");
            }
            return alert;
        }
    }

    private void actions(Context context) {
        var subject = context.queryParam("subject");
        if (subject == null || subject.isBlank()) {
            throw ApiException.badRequest(
                    "subject is missing", "write ?subject=project/environment/experiment, as the alert has it");
        }
        try (var view = sources.view().get()) {
            Json.answer(
                    context,
                    new Taken(view.actions(subject).stream().map(Json::node).toList()));
        }
    }

    private static ActionKind kind(String name) {
        return KINDS.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("action '" + name + "' is not known", "give " + NAMES));
    }

    private record Taken(List<?> actions) {}
}
