package dev.afterglow.streams.floods;

import dev.afterglow.alerts.operators.OperatorAlerts;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.contract.Resolution;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** A limit that was passed on one UTC day, and what it has kept out so far. */
final class Flood {

    private final boolean ofVariants;
    private final String subject;
    private final String project;
    private final int limit;
    private final Instant openedAt;
    private long excluded;

    private Flood(boolean ofVariants, String subject, String project, int limit, Instant openedAt, long excluded) {
        this.ofVariants = ofVariants;
        this.subject = subject;
        this.project = project;
        this.limit = limit;
        this.openedAt = openedAt;
        this.excluded = excluded;
    }

    /** @param project null where it is not that of one project */
    static Flood ofExperiments(String subject, String project, int limit, Instant at) {
        return new Flood(false, subject, project, limit, at, 0);
    }

    static Flood ofVariants(String experiment, String project, int limit, Instant at) {
        return new Flood(true, experiment, project, limit, at, 0);
    }

    /** The same in every partition: what several of them report is one alert. */
    static String id(boolean ofVariants, String subject, long day) {
        return (ofVariants ? "flood-variants/" : "flood-experiments/") + subject + '/' + LocalDate.ofEpochDay(day);
    }

    void exclude(long weight) {
        excluded = Math.addExact(excluded, weight);
    }

    OperatorAlert opened(String id) {
        return ofVariants
                ? OperatorAlerts.variants(id, subject, project, limit, openedAt)
                : OperatorAlerts.unknownExperiments(id, subject, project, limit, openedAt);
    }

    OperatorAlert resolved(String id, Instant at) {
        var evidence = Map.of("limit", Integer.toString(limit), "excluded", Long.toString(excluded));
        return OperatorAlerts.resolved(opened(id), Resolution.PERIOD_ENDED, at, evidence);
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeBoolean(ofVariants);
            out.writeUTF(subject);
            out.writeUTF(project == null ? "" : project);
            out.writeInt(limit);
            out.writeLong(openedAt.toEpochMilli());
            out.writeLong(excluded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Flood decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var ofVariants = in.readBoolean();
            var subject = in.readUTF();
            var project = in.readUTF();
            return new Flood(
                    ofVariants,
                    subject,
                    project.isEmpty() ? null : project,
                    in.readInt(),
                    Instant.ofEpochMilli(in.readLong()),
                    in.readLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
