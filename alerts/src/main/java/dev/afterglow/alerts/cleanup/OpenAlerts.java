package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.Optional;

/** The entry of a clean-up alert among all open alerts. */
public final class OpenAlerts {

    private OpenAlerts() {}

    /** The newest state of an alert, keyed by its alert id; empty when it is resolved and a tombstone has to follow. */
    public static Optional<OpenAlert> of(CleanupAlert alert) {
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return Optional.empty();
        }
        var subject = new ExperimentKey(alert.getProject(), alert.getEnvironment(), alert.getExperiment());
        return Optional.of(OpenAlert.newBuilder()
                .setAlertId(alert.getAlertId())
                .setSubject(subject.toString())
                .setKind(alert.getKind().name())
                .setStatus(alert.getStatus())
                .setSeverity(alert.getSeverity())
                .setOpenedAt(alert.getOpenedAt())
                .setAt(alert.getAt())
                .setTeam(alert.getTeam())
                .setSummary(alert.getSummary())
                .setCleanup(alert)
                .build());
    }
}
