package dev.afterglow.streams.metrics;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.progress.SettlementStatus;
import dev.afterglow.streams.readmodel.ReadModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry of all metrics of the process. */
public final class Metrics implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final List<KafkaStreamsMetrics> streams = new CopyOnWriteArrayList<>();
    private final List<Runnable> refreshes = new CopyOnWriteArrayList<>();

    /** A registry that knows of the virtual machine and the process. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** The registry, for whoever has more to measure. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Adds the metrics of a topology; to be called once per stage, before it starts or after.
     *
     * @param stage its name, the label {@code stage}
     * @param topology stays the caller's to close, after these metrics
     */
    public void bindStreams(String stage, KafkaStreams topology) {
        var binder = new KafkaStreamsMetrics(topology, Tags.of("stage", stage));
        binder.bindTo(registry);
        streams.add(binder);
    }

    /**
     * Adds what the pipeline says about itself: conservation, watermark, settlement, lag.
     *
     * @param readModel asked at every scrape
     * @param status how far the flow has settled
     * @param clock the present, for the age of the watermark
     */
    public void bindPipeline(ReadModel readModel, Supplier<SettlementStatus> status, Clock clock) {
        add(new ConservationMeters(() -> ledgers(readModel)));
        add(new FlowMeters(status, readModel::ready, readModel::skippedRecords, clock));
    }

    /** Everything, in Prometheus' text format 0.0.4. */
    public String scrape() {
        for (var refresh : refreshes) {
            try {
                refresh.run();
            } catch (RuntimeException e) {
                // Half of the metrics are better than none, above all when something is wrong.
                LOGGER.atWarn().setCause(e).log("Some metrics could not be brought up to date");
            }
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        streams.forEach(KafkaStreamsMetrics::close);
        gc.close();
        registry.close();
    }

    void add(RefreshedMeters meters) {
        meters.bindTo(registry);
        refreshes.add(meters::refresh);
    }

    private static Collection<IntakeLedger> ledgers(ReadModel readModel) {
        try (var view = readModel.view()) {
            return view.ledgers();
        }
    }
}
