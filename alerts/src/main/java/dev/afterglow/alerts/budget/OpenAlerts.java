package dev.afterglow.alerts.budget;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.OpenAlert;
import java.util.Optional;

/** What the topic of open alerts holds of cost alerts. */
public final class OpenAlerts {

    private OpenAlerts() {}

    /** The open alert to publish under the alert id; empty when the alert is resolved and a tombstone is due instead. */
    public static Optional<OpenAlert> of(CostAlert alert) {
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return Optional.empty();
        }
        return Optional.of(OpenAlert.newBuilder()
                .setAlertId(alert.getAlertId())
                .setSubject(alert.getBudgetId() == null ? alert.getAccount() : alert.getBudgetId())
                .setKind(alert.getKind().name())
                .setStatus(alert.getStatus())
                .setSeverity(alert.getSeverity())
                .setOpenedAt(alert.getOpenedAt())
                .setAt(alert.getAt())
                .setTeam(alert.getTeam())
                .setSummary(alert.getSummary())
                .setCost(alert)
                .build());
    }
}
