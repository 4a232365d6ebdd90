package dev.afterglow.streams.flow;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.QuarterCount;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Packs deltas into messages: of many experiments together, for a record of its own costs more than what is in it. */
public final class DeltaMessages {

    /** So that no message grows beyond what a topic takes. */
    private static final int COUNTS_PER_MESSAGE = 1_000;

    private DeltaMessages() {}

    /** Whose deltas they are. */
    public static ExperimentKey experimentOf(ExperimentDeltas deltas) {
        return new ExperimentKey(deltas.getProject(), deltas.getEnvironment(), deltas.getExperiment());
    }

    /** The deltas of one experiment; several when there are many counts. */
    public static Stream<ExperimentDeltas> of(
            ExperimentKey experiment, CountingPolicy policy, List<QuarterCount> counts) {
        return IntStream.iterate(0, from -> from < counts.size(), from -> from + COUNTS_PER_MESSAGE)
                .mapToObj(from -> counts.subList(from, Math.min(from + COUNTS_PER_MESSAGE, counts.size())))
                .map(part -> new ExperimentDeltas(
                        experiment.project(), experiment.environment(), experiment.experiment(), policy, part));
    }

    /** Packs deltas of one partition, in their order. */
    public static void pack(List<ExperimentDeltas> deltas, Consumer<FlowMessage> send) {
        var open = new Batch();
        for (var one : deltas) {
            if (!open.takes(one)) {
                send.accept(open.message());
                open = new Batch();
            }
            open.add(one);
        }
        if (open.counts > 0) {
            send.accept(open.message());
        }
    }

    private static final class Batch {
        private final List<ExperimentDeltas> deltas = new ArrayList<>();
        private int counts;

        boolean takes(ExperimentDeltas more) {
            return counts == 0 || counts + more.getCounts().size() <= COUNTS_PER_MESSAGE;
        }

        void add(ExperimentDeltas more) {
            deltas.add(more);
            counts += more.getCounts().size();
        }

        FlowMessage message() {
            return new FlowMessage(new DeltaBatch(deltas));
        }
    }
}
