package dev.afterglow.streams.http;

import dev.afterglow.alerts.text.Columns;
import dev.afterglow.alerts.text.UtcText;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.streams.readmodel.AlertMessage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The clean-up cases that are open now. */
final class CasesPage {

    private static final Comparator<Case> OLDEST_FIRST =
            Comparator.comparing(Case::openedAt).thenComparing(Case::alertId);

    private final HttpSources sources;

    CasesPage(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/cases", this::cases);
    }

    private void cases(Context context) {
        var format = Format.of(context);
        try (var view = sources.view().get()) {
            var cases = view.openAlerts().stream()
                    .filter(alert -> alert.message() instanceof CleanupAlert)
                    .map(alert -> one(alert, (CleanupAlert) alert.message()))
                    .sorted(OLDEST_FIRST)
                    .toList();
            if (format == Format.TEXT) {
                Format.answer(context, lines(cases));
            } else {
                Json.answer(context, new Cases(cases));
            }
        }
    }

    private static Case one(AlertMessage alert, CleanupAlert message) {
        return new Case(
                alert.alertId(),
                alert.kind(),
                alert.status().name(),
                alert.severity().name(),
                alert.subject(),
                message.getTeam(),
                message.getOpenedAt(),
                message.getEvidence().getSince(),
                message.getSnoozedUntil(),
                message.getAcknowledgedBy());
    }

    private static List<String> lines(List<Case> cases) {
        var lines = new ArrayList<String>();
        if (!cases.isEmpty()) {
            var table = new Columns("kind", "status", "experiment", "open since", "team");
            cases.forEach(one -> table.add(
                    one.kind(),
                    one.status(),
                    one.experiment(),
                    UtcText.minute(one.openedAt()),
                    one.team() == null ? "-" : one.team()));
            lines.addAll(table.lines());
            lines.add("");
        }
        lines.add(cases.size() == 1 ? "1 case is open." : cases.size() + " cases are open.");
        return lines;
    }

    private record Cases(List<Case> cases) {}

    private record Case(
            String alertId,
            String kind,
            String status,
            String severity,
            String experiment,
            String team,
            Instant openedAt,
            Instant since,
            Instant snoozedUntil,
            String acknowledgedBy) {}
}
