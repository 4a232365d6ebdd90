package dev.afterglow.streams.metrics;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.readmodel.Conservation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What became of every evaluation, over all instances and since the first day, as the ledger has it. The sum of {@code
 * afterglow_evaluations_total} over its labels is {@code afterglow_evaluations_received_total}.
 */
final class ConservationMeters implements RefreshedMeters {

    private static final String EVALUATIONS = "afterglow.evaluations";
    private static final String NO_REASON = "";

    private static final Outcome COUNTED = new Outcome("counted", NO_REASON);

    private record Outcome(String name, String reason) {}

    private final Supplier<Collection<IntakeLedger>> ledgers;
    private final Set<Outcome> registered = ConcurrentHashMap.newKeySet();
    private volatile Conservation sums = Conservation.of(List.of());
    private volatile Map<Outcome, Long> outcomes = Map.of();
    private volatile MeterRegistry registry;

    ConservationMeters(Supplier<Collection<IntakeLedger>> ledgers) {
        this.ledgers = ledgers;
    }

    @Override
    public void bindTo(MeterRegistry to) {
        registry = to;
        FunctionCounter.builder(EVALUATIONS + ".received", this, meters -> meters.sums.received())
                .description("Evaluations received")
                .register(to);
        FunctionCounter.builder(EVALUATIONS + ".conflicts", this, meters -> meters.sums.conflicts())
                .description("Duplicates whose payload differed from the first; part of the duplicates")
                .register(to);
        Gauge.builder("afterglow.conservation.holds", this, meters -> meters.sums.holds() ? 1 : 0)
                .description("1 while every evaluation received is accounted for, else 0: a bug")
                .register(to);
        show(Conservation.of(List.of()));
    }

    @Override
    public void refresh() {
        show(Conservation.of(ledgers.get()));
    }

    private void show(Conservation now) {
        var values = new HashMap<Outcome, Long>();
        // Goes back when a sealed hour refuses what intake had counted; a counter that does looks like a restart.
        values.put(COUNTED, Math.max(now.counted(), outcomes.getOrDefault(COUNTED, 0L)));
        values.put(new Outcome("duplicate", NO_REASON), now.duplicate());
        now.excludedByReason().forEach((reason, count) -> values.put(new Outcome("excluded", reason), count));
        now.deadLetteredByReason().forEach((reason, count) -> values.put(new Outcome("dead_lettered", reason), count));
        sums = now;
        outcomes = Map.copyOf(values);
        values.keySet().stream().filter(registered::add).forEach(this::register);
    }

    private void register(Outcome outcome) {
        FunctionCounter.builder(EVALUATIONS, this, meters -> meters.outcomes.getOrDefault(outcome, 0L))
                .description("Evaluations by what became of them")
                .tag("outcome", outcome.name())
                .tag("reason", outcome.reason())
                .register(registry);
    }
}
