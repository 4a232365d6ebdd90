package dev.afterglow.streams.progress;

import dev.afterglow.streams.readmodel.ReadModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the flow has settled: whether all that has arrived has passed every stage and can be read here.
 *
 * <p>A watermark W read from the read model is verified once the read model has applied the ends that its topics had
 * <em>after</em> W was read: the outputs that go with W were written before W was. The flow is settled when the verified W
 * is after the newest arrival A; W equal to A would not do, since W speaks of what arrived before W, and a second record
 * may carry the same millisecond. A drained source moves W to the present, so that W gets there.
 */
public final class SettlementMonitor implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SettlementMonitor.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration LAG_INTERVAL = Duration.ofSeconds(2);
    private static final String READ_MODEL = "read-model";

    private final Cluster cluster;
    private final Served served;
    private final Stages stages;
    private final Collection<String> arrivals;
    private final Map<String, String> groups;
    private final Clock clock;
    private final Ticker ticker;

    private Optional<Candidate> candidate = Optional.empty();
    private Optional<Instant> verified = Optional.empty();
    private Map<String, Long> lag = Map.of();
    private Instant lagAsOf = Instant.MIN;
    private boolean failing;
    private volatile SettlementStatus status;

    SettlementMonitor(
            Cluster cluster,
            Served served,
            Stages stages,
            Collection<String> arrivals,
            Map<String, String> groups,
            Clock clock) {
        this.cluster = cluster;
        this.served = served;
        this.stages = stages;
        this.arrivals = arrivals;
        this.groups = groups;
        this.clock = clock;
        this.status = SettlementStatus.unknown(clock.instant());
        this.ticker = new Ticker("settlement", INTERVAL, this::tick);
    }

    /**
     * Starts to watch, every half second, on a daemon thread.
     *
     * @param admin asked for offsets; stays the caller's to close, after this monitor
     * @param readModel whose positions decide
     * @param stages the stages that have to have passed everything
     * @param arrivals names of the topics in which records arrive: evaluations and configuration
     * @param groups consumer group (application id) by the name under which its lag is shown
     * @param clock the present
     */
    public static SettlementMonitor start(
            Admin admin,
            ReadModel readModel,
            Stages stages,
            Collection<String> arrivals,
            Map<String, String> groups,
            Clock clock) {
        var monitor =
                new SettlementMonitor(new AdminCluster(admin), Served.of(readModel), stages, arrivals, groups, clock);
        monitor.ticker.start();
        return monitor;
    }

    /** What was found last; not settled, and from a while ago, when the broker does not answer. */
    public SettlementStatus status() {
        return status;
    }

    @Override
    public void close() {
        ticker.close();
    }

    /** Looks once. */
    void tick() {
        var asOf = clock.instant();
        try {
            status = look(asOf);
            failing = false;
        } catch (KafkaException e) {
            var last = status;
            status = new SettlementStatus(false, last.watermark(), last.served(), last.asOf(), last.lag());
            if (!failing) {
                LOGGER.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("Cannot tell whether the flow has settled; trying on");
            }
            failing = true;
        }
    }

    private SettlementStatus look(Instant asOf) {
        var newest = cluster.newestArrival(arrivals);
        var watermark = stages.watermark(served.progress());
        verify(watermark);
        refreshLag(asOf);
        var settled =
                verified.isPresent() && newest.map(verified.get()::isAfter).orElse(true);
        return new SettlementStatus(settled, watermark, verified, asOf, lag);
    }

    /** Under steady traffic the ends always move on, so one watermark is kept until its ends have been reached. */
    private void verify(Optional<Instant> watermark) {
        if (!served.ready()) {
            candidate = Optional.empty();
            verified = Optional.empty();
            return;
        }
        if (candidate.isEmpty() && watermark.isPresent()) {
            candidate = watermark.map(
                    w -> new Candidate(w, cluster.ends(served.applied().keySet())));
        }
        candidate.filter(it -> it.reachedBy(served.applied())).ifPresent(it -> {
            verified = Optional.of(it.watermark());
            candidate = Optional.empty();
        });
    }

    private void refreshLag(Instant now) {
        if (now.isBefore(lagAsOf.plus(LAG_INTERVAL))) {
            return;
        }
        var fresh = new TreeMap<String, Long>();
        groups.forEach((name, group) -> cluster.lag(group).ifPresent(records -> fresh.put(name, records)));
        var applied = served.applied();
        var behind = 0L;
        for (var end : cluster.ends(applied.keySet()).entrySet()) {
            behind += Math.max(0, end.getValue() - applied.get(end.getKey()));
        }
        fresh.put(READ_MODEL, behind);
        lag = Map.copyOf(fresh);
        lagAsOf = now;
    }

    private record Candidate(Instant watermark, Map<TopicPartition, Long> ends) {

        boolean reachedBy(Map<TopicPartition, Long> applied) {
            return !ends.isEmpty()
                    && ends.entrySet().stream()
                            .allMatch(end -> applied.getOrDefault(end.getKey(), -1L) >= end.getValue());
        }
    }
}
