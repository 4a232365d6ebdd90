package dev.afterglow.alerts.operators;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.contract.OperatorKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Writes operator alerts. The same trouble found twice, after a replay or in two partitions, has the same id. */
public final class OperatorAlerts {

    private OperatorAlerts() {}

    /**
     * A partition whose evaluations do not add up.
     *
     * @param subject topic and partition, or what else was checked
     * @param detail what does not add up, in numbers
     * @param at arrival up to which it was read
     */
    public static OperatorAlert conservation(String subject, String detail, Map<String, String> evidence, Instant at) {
        return alert("conservation/" + subject, OperatorKind.CONSERVATION, Severity.CRITICAL, subject, null, at)
                .setSummary("The ledger of " + subject + " does not add up: " + detail
                        + ". This is a bug: do not bill from these counts, keep the topic and the state directory,"
                        + " run 'afterglow audit' for the hours concerned and report it")
                .setEvidence(evidence)
                .build();
    }

    /**
     * More different experiments without a definition in one UTC day than may count.
     *
     * @param subject the project, or what else the limit is for
     * @param project null where the limit is not that of one project
     * @param openedAt arrival of the first evaluation left out
     */
    public static OperatorAlert unknownExperiments(
            String id, String subject, String project, int limit, Instant openedAt) {
        return alert(id, OperatorKind.FLOOD_EXPERIMENTS, Severity.WARNING, subject, project, openedAt)
                .setSummary(subject + " sent evaluations of more than " + limit
                        + " experiments without a definition today; further ones are excluded as LIMIT until midnight"
                        + " UTC. Look for ids or times in experiment keys and fix the sender; if they are meant, apply"
                        + " their definitions or raise unknownExperimentsPerDay")
                .setEvidence(Map.of("limit", Integer.toString(limit)))
                .build();
    }

    /**
     * More different variants of one experiment than may count.
     *
     * @param subject identity of the experiment
     * @param openedAt arrival of the first evaluation left out
     */
    public static OperatorAlert variants(String id, String subject, String project, int limit, Instant openedAt) {
        return alert(id, OperatorKind.FLOOD_VARIANTS, Severity.WARNING, subject, project, openedAt)
                .setSummary("Experiment " + subject + " sent more than " + limit
                        + " variants; further ones are excluded as LIMIT. Look for values of users in variant keys and"
                        + " fix the sender; if they are meant, raise variantsPerExperiment")
                .setEvidence(Map.of("limit", Integer.toString(limit)))
                .build();
    }

    /**
     * A project that has sent nothing for a day, though it did a week before.
     *
     * @param heardUntil end of the last hour with traffic
     * @param usual impressions in the same 24 h a week before
     * @param at end of the day without any
     */
    public static OperatorAlert silent(String project, String environment, Instant heardUntil, long usual, Instant at) {
        var subject = project + '/' + environment;
        return alert(
                        "source-silent/" + subject + '/' + at,
                        OperatorKind.SOURCE_SILENT,
                        Severity.WARNING,
                        subject,
                        project,
                        at)
                .setSummary("Nothing of " + subject + " has arrived that happened after " + heardUntil
                        + "; in the same 24 h a week before it was " + usual
                        + " impressions. Find out whether its events still reach the topic of evaluations; until they do,"
                        + " no clean-up alert of the project ends because traffic has stopped")
                .setEvidence(Map.of("heardUntil", heardUntil.toString(), "usual", Long.toString(usual)))
                .build();
    }

    /** The end of an alert. Its id, subject and time of opening stay. */
    public static OperatorAlert resolved(
            OperatorAlert alert, Resolution resolution, Instant at, Map<String, String> evidence) {
        // Avro copies the enums of the alert by their names, of classes that it trusts.
        GeneratedClasses.trust();
        return OperatorAlert.newBuilder(alert)
                .setStatus(AlertStatus.RESOLVED)
                .setResolution(resolution)
                .setAt(at)
                .setEvidence(evidence)
                .build();
    }

    /** The newest state for {@code open-alerts}; empty, which is a tombstone, when the alert is resolved. */
    public static Optional<OpenAlert> newest(OperatorAlert alert) {
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return Optional.empty();
        }
        return Optional.of(OpenAlert.newBuilder()
                .setAlertId(alert.getAlertId())
                .setSubject(alert.getSubject())
                .setKind(alert.getKind().name())
                .setStatus(alert.getStatus())
                .setSeverity(alert.getSeverity())
                .setOpenedAt(alert.getOpenedAt())
                .setAt(alert.getAt())
                .setSummary(alert.getSummary())
                .setOperator(alert)
                .build());
    }

    private static OperatorAlert.Builder alert(
            String id, OperatorKind kind, Severity severity, String subject, String project, Instant at) {
        return OperatorAlert.newBuilder()
                .setAlertId(id)
                .setKind(kind)
                .setStatus(AlertStatus.OPEN)
                .setSeverity(severity)
                .setSubject(subject)
                .setProject(project)
                .setAt(at)
                .setOpenedAt(at);
    }
}
