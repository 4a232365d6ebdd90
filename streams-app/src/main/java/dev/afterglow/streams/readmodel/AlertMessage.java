package dev.afterglow.streams.readmodel;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.contract.Severity;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A message about an alert, of whatever kind.
 *
 * @param alertId the alert
 * @param kind name of its kind
 * @param status its state after the change
 * @param severity how grave it is
 * @param subject what it is about: an experiment identity, a budget id, an account or a part of the pipeline
 * @param at when the state changed, UTC, in the time of the traffic
 * @param message the whole message: a {@link CleanupAlert}, a {@link CostAlert}, an {@link OperatorAlert} or, where it has
 *     none of them, an {@link OpenAlert}
 */
public record AlertMessage(
        String alertId,
        String kind,
        AlertStatus status,
        Severity severity,
        String subject,
        Instant at,
        SpecificRecord message) {

    private static final byte CLEANUP = 'C';
    private static final byte COST = 'S';
    private static final byte OPERATOR = 'O';

    static AlertMessage of(CleanupAlert alert) {
        return new AlertMessage(
                alert.getAlertId(),
                alert.getKind().name(),
                alert.getStatus(),
                alert.getSeverity(),
                new ExperimentKey(alert.getProject(), alert.getEnvironment(), alert.getExperiment()).toString(),
                alert.getAt(),
                alert);
    }

    static AlertMessage of(CostAlert alert) {
        return new AlertMessage(
                alert.getAlertId(),
                alert.getKind().name(),
                alert.getStatus(),
                alert.getSeverity(),
                alert.getBudgetId() == null ? alert.getAccount() : alert.getBudgetId(),
                alert.getAt(),
                alert);
    }

    static AlertMessage of(OperatorAlert alert) {
        return new AlertMessage(
                alert.getAlertId(),
                alert.getKind().name(),
                alert.getStatus(),
                alert.getSeverity(),
                alert.getSubject(),
                alert.getAt(),
                alert);
    }

    static AlertMessage of(OpenAlert alert) {
        if (alert.getCleanup() != null) {
            return of(alert.getCleanup());
        }
        if (alert.getCost() != null) {
            return of(alert.getCost());
        }
        if (alert.getOperator() != null) {
            return of(alert.getOperator());
        }
        return new AlertMessage(
                alert.getAlertId(),
                alert.getKind(),
                alert.getStatus(),
                alert.getSeverity(),
                alert.getSubject(),
                alert.getAt(),
                alert);
    }

    /** Whether people still have to do with it: open, escalated or snoozed. */
    public boolean isOpen() {
        return status != AlertStatus.RESOLVED && status != AlertStatus.PENDING;
    }

    static byte[] encode(CleanupAlert alert) {
        return tagged(CLEANUP, Codecs.CLEANUP_ALERT.encode(alert));
    }

    static byte[] encode(CostAlert alert) {
        return tagged(COST, Codecs.COST_ALERT.encode(alert));
    }

    static byte[] encode(OperatorAlert alert) {
        return tagged(OPERATOR, Codecs.OPERATOR_ALERT.encode(alert));
    }

    static AlertMessage decode(byte[] bytes) {
        return switch (bytes[0]) {
            case CLEANUP -> of(Codecs.CLEANUP_ALERT.decode(bytes, 1));
            case OPERATOR -> of(Codecs.OPERATOR_ALERT.decode(bytes, 1));
            default -> of(Codecs.COST_ALERT.decode(bytes, 1));
        };
    }

    private static byte[] tagged(byte tag, byte[] value) {
        var bytes = new byte[value.length + 1];
        bytes[0] = tag;
        System.arraycopy(value, 0, bytes, 1, value.length);
        return bytes;
    }
}
