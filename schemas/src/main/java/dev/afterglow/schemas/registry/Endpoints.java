package dev.afterglow.schemas.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.common.config.types.Password;

/**
 * The addresses of one registry, the healthy ones first. An address that has just failed is tried after the others, so
 * that a dead host costs its time-out once in half a minute and not once a call.
 */
final class Endpoints {
    private static final Duration REST = Duration.ofSeconds(30);

    /** One address: where, how it is called in messages (without user info), and who we are there. */
    record Endpoint(int index, String base, Optional<Password> authorization) {}

    private final List<Endpoint> all;
    private final AtomicReferenceArray<Instant> restsUntil;
    private final Clock clock;

    Endpoints(List<Endpoint> all, Clock clock) {
        this.all = List.copyOf(all);
        this.restsUntil = new AtomicReferenceArray<>(all.size());
        this.clock = clock;
    }

    List<Endpoint> healthyFirst() {
        if (all.size() == 1) {
            return all;
        }
        List<Endpoint> ordered = new ArrayList<>(all.size());
        all.stream().filter(this::isHealthy).forEach(ordered::add);
        all.stream().filter(endpoint -> !ordered.contains(endpoint)).forEach(ordered::add);
        return ordered;
    }

    boolean isHealthy(Endpoint endpoint) {
        Instant until = restsUntil.get(endpoint.index());
        return until == null || !clock.instant().isBefore(until);
    }

    void failed(Endpoint endpoint) {
        restsUntil.set(endpoint.index(), clock.instant().plus(REST));
    }

    void answered(Endpoint endpoint) {
        restsUntil.set(endpoint.index(), null);
    }
}
