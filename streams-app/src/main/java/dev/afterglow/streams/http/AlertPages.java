package dev.afterglow.streams.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterglow.streams.readmodel.AlertMessage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;

/** The newest message of each alert. */
final class AlertPages {

    private static final Comparator<AlertMessage> NEWEST_FIRST =
            Comparator.comparing(AlertMessage::at).reversed().thenComparing(AlertMessage::alertId);

    private final HttpSources sources;

    AlertPages(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/alerts", this::alerts);
    }

    private void alerts(Context context) {
        var status = context.queryParam("status");
        if (status != null && !List.of("open", "all").contains(status)) {
            throw ApiException.badRequest("status '" + status + "' is not known", "write ?status=open or ?status=all");
        }
        try (var view = sources.view().get()) {
            var alerts = "all".equals(status) ? view.alerts() : view.openAlerts();
            Json.answer(
                    context,
                    new Alerts(alerts.stream()
                            .sorted(NEWEST_FIRST)
                            .map(AlertPages::node)
                            .toList()));
        }
    }

    /** The fields that all kinds have in common, then the message as it is. */
    private static ObjectNode node(AlertMessage alert) {
        var message = Json.node(alert.message());
        message.put("alertId", alert.alertId())
                .put("kind", alert.kind())
                .put("status", alert.status().name())
                .put("severity", alert.severity().name())
                .put("subject", alert.subject());
        return message;
    }

    private record Alerts(List<ObjectNode> alerts) {}
}
