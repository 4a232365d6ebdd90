package dev.afterglow.streams.metrics;

import dev.afterglow.streams.progress.SettlementStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How far the flow has come. */
final class FlowMeters implements RefreshedMeters {

    private final Supplier<SettlementStatus> status;
    private final BooleanSupplier ready;
    private final LongSupplier skipped;
    private final Clock clock;
    private final Set<String> stages = ConcurrentHashMap.newKeySet();
    private volatile MeterRegistry registry;

    FlowMeters(Supplier<SettlementStatus> status, BooleanSupplier ready, LongSupplier skipped, Clock clock) {
        this.status = status;
        this.ready = ready;
        this.skipped = skipped;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry to) {
        registry = to;
        Gauge.builder("afterglow.settled", this, meters -> meters.status.get().settled() ? 1 : 0)
                .description("1 when everything that has arrived can be read, else 0")
                .register(to);
        Gauge.builder("afterglow.watermark.age", this, FlowMeters::watermarkAge)
                .description("How long ago that was before which everything has passed every stage")
                .baseUnit("seconds")
                .register(to);
        Gauge.builder("afterglow.read.model.ready", this, meters -> meters.ready.getAsBoolean() ? 1 : 0)
                .description("1 once the read model has applied what there was when it started, else 0")
                .register(to);
        FunctionCounter.builder("afterglow.read.model.skipped", this, meters -> meters.skipped.getAsLong())
                .description("Output records that the read model could not decode")
                .baseUnit("records")
                .register(to);
    }

    @Override
    public void refresh() {
        status.get().lag().keySet().stream().filter(stages::add).forEach(this::register);
    }

    private void register(String stage) {
        Gauge.builder("afterglow.lag", this, meters -> meters.lag(stage))
                .description("Records that a stage has yet to read")
                .baseUnit("records")
                .tag("stage", stage)
                .register(registry);
    }

    private double lag(String stage) {
        var lag = status.get().lag().get(stage);
        return lag == null ? Double.NaN : lag;
    }

    private double watermarkAge() {
        return status.get()
                .watermark()
                .map(watermark -> Duration.between(watermark, clock.instant()).toMillis() / 1_000.0)
                .orElse(Double.NaN);
    }
}
