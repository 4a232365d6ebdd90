package dev.afterglow.streams.flow;

import dev.afterglow.alerts.operators.OperatorAlerts;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.contract.OperatorAlert;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends an alert twice: the change of state for those who follow, and the newest state (or its end, a tombstone) for
 * those who start late. Both leave in the transaction of what caused them.
 */
public final class AlertSender {

    private final ProcessorContext<? super String, ? super SpecificRecord> context;
    private final String stage;
    private final String alerts;
    private final String openAlerts;

    /**
     * @param stage that sends
     * @param alerts name of the sink for changes of state
     * @param openAlerts name of the sink for newest states
     */
    public AlertSender(
            ProcessorContext<? super String, ? super SpecificRecord> context,
            String stage,
            String alerts,
            String openAlerts) {
        this.context = context;
        this.stage = stage;
        this.alerts = alerts;
        this.openAlerts = openAlerts;
    }

    /**
     * What all kinds of alert have.
     *
     * @param suffix of the id of the message, to tell apart those of one state and time; empty where there is one only
     */
    public record Envelope(
            String alertId, Enum<?> kind, AlertStatus status, String subject, Instant at, String suffix) {

        /** Of an alert that has one message for each state and time. */
        public Envelope(String alertId, Enum<?> kind, AlertStatus status, String subject, Instant at) {
            this(alertId, kind, status, subject, at, "");
        }
    }

    /** Sends an operator alert. */
    public void send(OperatorAlert alert) {
        var envelope =
                new Envelope(alert.getAlertId(), alert.getKind(), alert.getStatus(), alert.getSubject(), alert.getAt());
        send(envelope, alert, OperatorAlerts.newest(alert));
    }

    /** Sends an alert; its newest state is empty when it is resolved. */
    public void send(Envelope envelope, SpecificRecord alert, Optional<OpenAlert> newest) {
        long now = context.currentSystemTimeMs();
        var state = CloudEvents.word(envelope.status());
        var headers = CloudEvents.headers(
                envelope.alertId() + '/' + state + '/' + envelope.at() + envelope.suffix(),
                stage,
                CloudEvents.word(envelope.kind()) + '.' + state,
                envelope.subject(),
                envelope.at());
        context.forward(new Record<String, SpecificRecord>(envelope.subject(), alert, now, headers), alerts);
        context.forward(
                new Record<String, SpecificRecord>(envelope.alertId(), newest.orElse(null), now, headers), openAlerts);
    }
}
