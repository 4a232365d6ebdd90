package dev.afterglow.streams.demo;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Recounts records the naive way: by what they are, with every id kept, and without a look at their labels. */
final class Oracle {

    record Id(String project, String environment, String source, String id) {}

    final Map<ExperimentKey, Map<Cell, Long>> counts = new HashMap<>();
    final Map<ExperimentKey, Map<Instant, Long>> quarters = new HashMap<>();
    final Map<String, Long> dead = new TreeMap<>();
    long counted;
    long duplicate;
    long conflicts;
    long excluded;
    private final Map<Id, EvaluationEvent> seen = new HashMap<>();
    private final Instant now;

    Oracle(Instant now, List<GeneratedRecord> records) {
        this.now = now;
        records.forEach(this::add);
    }

    long deadLettered() {
        return dead.values().stream().mapToLong(Long::longValue).sum();
    }

    Conservation conservation() {
        var received = counted + duplicate + excluded + deadLettered();
        return new Conservation(received, counted, duplicate, excluded, deadLettered(), conflicts, dead);
    }

    Set<ExperimentKey> experiments() {
        return new HashSet<>(counts.keySet());
    }

    void add(GeneratedRecord generated) {
        var reason = reason(generated);
        if (reason != null) {
            dead.merge(reason, 1L, Long::sum);
            return;
        }
        var event = generated.event();
        if (!event.getEnvironment().equals("production")) {
            excluded += event.getCount();
            return;
        }
        var id = new Id(event.getProject(), event.getEnvironment(), event.getSource(), event.getId());
        var first = seen.putIfAbsent(id, event);
        if (first != null) {
            duplicate += event.getCount();
            conflicts += first.equals(event) ? 0 : event.getCount();
            return;
        }
        counted += event.getCount();
        var key = new ExperimentKey(event.getProject(), event.getEnvironment(), event.getExperiment());
        var hour = event.getOccurredAt().truncatedTo(ChronoUnit.HOURS);
        counts.computeIfAbsent(key, any -> new HashMap<>())
                .merge(new Cell(event.getVariant(), hour), event.getCount(), Long::sum);
        var quarter = hour;
        while (!event.getOccurredAt().isBefore(quarter.plus(15, ChronoUnit.MINUTES))) {
            quarter = quarter.plus(15, ChronoUnit.MINUTES);
        }
        quarters.computeIfAbsent(key, any -> new TreeMap<>()).merge(quarter, event.getCount(), Long::sum);
    }

    private String reason(GeneratedRecord generated) {
        if (generated.event() == null) {
            return reason(generated.raw());
        }
        if (generated.damage() != GeneratedRecord.Damage.NONE) {
            return "UNDECODABLE";
        }
        var event = generated.event();
        if (event.getId().isEmpty()
                || event.getVariant().isEmpty()
                || event.getCount() < 1
                || !ExperimentKey.isSlug(event.getProject())) {
            return "INVALID";
        }
        if (event.getOccurredAt().isAfter(now.plus(Duration.ofMinutes(10)))) {
            return "FUTURE";
        }
        var tooOld = event.getOccurredAt().isBefore(now.minus(Duration.ofDays(62)));
        return tooOld && !event.getBackfill() ? "TOO_LATE" : null;
    }

    private static String reason(byte[] raw) {
        if (raw == null) {
            return "EMPTY";
        }
        return raw[0] == 0 ? "UNKNOWN_SCHEMA" : "WRONG_MAGIC";
    }
}
