package dev.afterglow.streams.replay;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.client.RecordEncoder;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Reads a file and sends an event per row. A bad row is reported and skipped; a failure to send ends the replay. */
public final class Replay {

    private static final int REPORTED_ROWS = 20;
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    private final EventMaker events;
    private final String fileName;
    private final Topic<EvaluationEvent> topic;
    private final RecordEncoder encoder;
    private final Clock clock;
    private final Consumer<String> report;

    /**
     * @param topic where the events go
     * @param report takes lines for people: bad rows and progress
     * @throws BadInputException when the plan cannot be used
     */
    public Replay(
            ReplayPlan plan,
            Topic<EvaluationEvent> topic,
            RecordEncoder encoder,
            Clock clock,
            Consumer<String> report) {
        this.events = new EventMaker(plan);
        this.fileName = plan.fileName();
        this.topic = topic;
        this.encoder = encoder;
        this.clock = clock;
        this.report = report;
    }

    /**
     * Sends everything and waits for the brokers.
     *
     * @param input the file, unpacked; stays the caller's
     * @param producer stays the caller's
     * @throws BadInputException when the file has no usable header or lacks a column; nothing was sent then
     */
    public ReplaySummary run(InputStream input, FileFormat format, Producer<String, byte[]> producer) {
        var start = clock.instant();
        var shipment = new Shipment(producer);
        var tally = new Tally(start);
        var failure = Optional.<Exception>empty();
        try {
            var rows = format.rows(fileName, input);
            rows.columns().ifPresent(events::check);
            for (var row = rows.next(); row.isPresent() && !shipment.failed(); row = rows.next()) {
                tally.rows++;
                ship(row.get(), shipment, tally);
                progress(shipment, tally);
            }
        } catch (IOException unreadable) {
            failure = Optional.of(
                    new IOException(fileName + " cannot be read on: " + unreadable.getMessage(), unreadable));
        }
        shipment.finish();
        reportUnnamed(tally);
        return new ReplaySummary(
                tally.rows,
                shipment.sent(),
                tally.skipped,
                shipment.newestArrival(),
                failure.or(shipment::failure),
                Duration.between(start, clock.instant()));
    }

    private void ship(Row row, Shipment shipment, Tally tally) {
        try {
            var event = events.event(row);
            shipment.send(topic.name(), event.getUnit(), encoder.encode(topic, event));
        } catch (KafkaException notEncoded) {
            shipment.fail(notEncoded);
        } catch (BadRowException bad) {
            if (++tally.skipped <= REPORTED_ROWS) {
                report.accept("row " + row.number() + (row.line() == row.number() ? "" : " (line " + row.line() + ")")
                        + " skipped: " + bad.getMessage());
            }
        }
    }

    private void reportUnnamed(Tally tally) {
        if (tally.skipped > REPORTED_ROWS) {
            report.accept((tally.skipped - REPORTED_ROWS) + " more rows skipped");
        }
    }

    private void progress(Shipment shipment, Tally tally) {
        if ((tally.rows & 1023) == 0 && !clock.instant().isBefore(tally.lastProgress.plus(PROGRESS_INTERVAL))) {
            tally.lastProgress = clock.instant();
            report.accept(tally.rows + " rows read, " + shipment.sent() + " events sent");
        }
    }

    /** Counts of one run, by the thread that reads. */
    private static final class Tally {

        private long rows;
        private long skipped;
        private Instant lastProgress;

        Tally(Instant start) {
            this.lastProgress = start;
        }
    }
}
