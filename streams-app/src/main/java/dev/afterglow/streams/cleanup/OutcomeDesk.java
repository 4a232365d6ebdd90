package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.cleanup.Outcomes;
import dev.afterglow.alerts.cleanup.Verdict;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends how runs of experiments ended; a tombstone for one that has not ended after all. */
final class OutcomeDesk {

    private final ProcessorContext<Object, Object> context;
    private final TrafficBook book;

    OutcomeDesk(ProcessorContext<Object, Object> context, TrafficBook book) {
        this.context = context;
        this.book = book;
    }

    /** @param at when that was judged: what is known of the traffic by then is told */
    void send(
            ExperimentKey experiment,
            List<Verdict.Ending> endings,
            Definitions definitions,
            BookedTraffic traffic,
            Instant at) {
        for (var ending : endings) {
            ExperimentOutcome outcome = ending.takenBack()
                    ? null
                    : Outcomes.of(
                            ending.run(),
                            definitions,
                            new BookedLife(book, experiment, traffic, Quarters.hourOf(at)),
                            experiment,
                            traffic.accounts(),
                            at);
            var key = Outcomes.key(experiment, ending.run().getRun());
            context.forward(new Record<>(key, outcome, context.currentSystemTimeMs()), CleanupTopology.OUTCOMES);
        }
    }
}
