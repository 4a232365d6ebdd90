package dev.afterglow.streams.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One demo on services that are running: configuration, the first part of the traffic, the clean-up, the second part; then a
 * report, or live traffic.
 */
public final class DemoRun {

    private static final Logger LOGGER = LoggerFactory.getLogger(DemoRun.class);
    private static final Duration REPORT_AGAIN = Duration.ofSeconds(1);

    private final DemoServices services;
    private final DemoOptions options;
    private final Clock clock;
    private final DemoProgress progress = new DemoProgress();

    /** A run, not yet begun. */
    public DemoRun(DemoServices services, DemoOptions options, Clock clock) {
        this.services = services;
        this.options = options;
        this.clock = clock;
    }

    /** How far it has come, for a view. */
    public DemoProgress progress() {
        return progress;
    }

    /**
     * Runs to the end.
     *
     * @return the report; empty when the demo went on with live traffic instead
     * @throws InterruptedException when interrupted before live traffic began; live traffic just ends
     * @throws TimeoutException when the pipeline does not settle
     * @throws ApiException when the report cannot be made since the API gives no good answer
     */
    public Optional<DemoReport> run() throws InterruptedException, TimeoutException {
        var fleet = Fleet.at(clock.instant());
        var traffic = new TrafficGenerator(fleet, options.seed(), options.events());
        var expectation = Expectation.of(fleet, traffic);
        progress.plan(expectation.records());
        progress.enter("sending configuration");
        configure(fleet, expectation);
        services.awaitSettled();
        var sink = sink();
        progress.enter("sending the first part");
        traffic.firstPart(sink);
        progress.enter("waiting for the pipeline to settle");
        services.awaitSettled();
        progress.enter("cleaning up an experiment");
        fleet.cleanUp(clock.instant()).forEach(services::send);
        services.awaitSettled();
        progress.enter("sending the second part");
        traffic.secondPart(sink);
        progress.enter("waiting for the pipeline to settle");
        services.awaitSettled();
        if (options.exit()) {
            progress.enter("comparing");
            return Optional.of(report(expectation));
        }
        progress.enter("live traffic; Ctrl-C ends it");
        live(traffic);
        return Optional.empty();
    }

    private Consumer<GeneratedRecord> sink() {
        return generated -> {
            services.send(generated);
            progress.sentOne();
        };
    }

    private void configure(Fleet fleet, Expectation expectation) {
        var accounts = new Accounts(fleet.now());
        accounts.policies().forEach(services::send);
        accounts.plans(options.events()).forEach(services::send);
        new Budgets(expectation.running(fleet), fleet.now()).budgets().forEach(services::send);
        fleet.definitions().forEach(services::send);
    }

    /** Alerts are judged on the watermark, which moves by itself every few seconds: the last ones may be that late. */
    private DemoReport report(Expectation expectation) throws InterruptedException {
        var reader = new ApiReader(new ApiClient(services.http()));
        var started = clock.instant();
        var deadline = started.plus(options.reportPatience());
        while (true) {
            var report = DemoReport.of(expectation, reader.read(expectation.bills()), clock.instant());
            var now = clock.instant();
            if (report.differences() == 0 || !now.isBefore(deadline)) {
                LOGGER.atInfo()
                        .addKeyValue("differences", report.differences())
                        .addKeyValue(
                                "afterSettlingMs",
                                Duration.between(started, now).toMillis())
                        .log("The demo is compared");
                return report;
            }
            Thread.sleep(REPORT_AGAIN.toMillis());
        }
    }

    private void live(TrafficGenerator traffic) {
        var sink = sink();
        var started = clock.instant();
        var ends = started.plus(options.liveFor());
        var number = 0L;
        for (var now = started; now.isBefore(ends) && !Thread.interrupted(); now = clock.instant()) {
            var due = Duration.between(started, now).toMillis() * options.livePerSecond() / 1_000;
            while (number < due) {
                sink.accept(traffic.live(number, now));
                number++;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
