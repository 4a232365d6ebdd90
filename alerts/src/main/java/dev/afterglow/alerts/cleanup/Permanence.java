package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.state.PermanentRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the phases of runs permanent that somebody marked so, from the mark on. */
final class Permanence {

    private Permanence() {}

    static List<Phase> in(List<Phase> phases, List<PermanentRun> runs) {
        var marked = phases;
        for (var run : runs) {
            var next = new ArrayList<Phase>();
            marked.forEach(phase -> next.addAll(mark(phase, run)));
            marked = next;
        }
        return List.copyOf(marked);
    }

    /** A phase in whose midst the mark falls becomes two. */
    private static List<Phase> mark(Phase phase, PermanentRun run) {
        var isOver = phase.end() != null && !run.getSince().isBefore(phase.end());
        if (isOver || !Objects.equals(phase.definition().getRun(), run.getRun())) {
            return List.of(phase);
        }
        if (!phase.start().isBefore(run.getSince())) {
            return List.of(permanent(phase, phase.start()));
        }
        var before = new Phase(phase.start(), run.getSince(), phase.definition(), phase.allocation(), phase.retired());
        return List.of(before, permanent(phase, run.getSince()));
    }

    private static Phase permanent(Phase phase, Instant from) {
        var definition = ExperimentDefinition.newBuilder(phase.definition())
                .setPermanent(true)
                .build();
        return new Phase(from, phase.end(), definition, phase.allocation(), phase.retired());
    }
}
