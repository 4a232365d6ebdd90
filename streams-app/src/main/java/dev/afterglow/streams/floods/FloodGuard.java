package dev.afterglow.streams.floods;

import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KeyValue;

/**
 * Decides for one partition of the source whether an evaluation of a name (project, environment, experiment and variant)
 * may count, or belongs to a flood of invented names. Names are known by 64-bit hashes: among a million of them two are
 * taken for one with odds of 3 in 10^8, and then one more is let through.
 *
 * <p>The limits hold in each partition: events are keyed by unit, so that each sees nearly all experiments. They start
 * anew with each UTC day of arrival; the variants of an experiment are remembered while it was seen within a week. The
 * answers follow from the arrivals, the limits and what was known alone, so that a replay gives the same.
 *
 * <p>Its state goes into a store with each commit and comes back from there: {@link #changes} and {@link #restore}. Not
 * thread-safe.
 */
public final class FloodGuard {

    /** Days, today among them, for which the variants of an experiment are remembered without being seen. */
    static final int DAYS_KEPT = 7;

    /** Experiments without a definition that are remembered, whatever the number of projects: 100 MB at the worst. */
    static final int MOST_EXPERIMENTS = 200_000;

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final String DAY = "day";
    private static final String FLOOD = "f/";

    private final int mostExperiments;
    private final LongSet admittedToday = new LongSet();
    private final NameBook unknownToday = new NameBook("p/");
    private final NameBook variants = new NameBook("x/");
    private final TreeMap<String, Flood> floods = new TreeMap<>();
    private final Set<String> changedFloods = new TreeSet<>();
    private final List<OperatorAlert> alerts = new ArrayList<>();
    private long day = Long.MIN_VALUE / DAY_MILLIS;
    private long midnight = Long.MIN_VALUE;
    private boolean dayChanged;

    /** Empty: nothing was seen before. */
    public FloodGuard() {
        this(MOST_EXPERIMENTS);
    }

    FloodGuard(int mostExperiments) {
        this.mostExperiments = mostExperiments;
    }

    /**
     * The quick way, to be asked first: whether a name was admitted already on the day of an arrival.
     *
     * @param name hash of project, environment, experiment and variant
     * @param arrivalMillis milliseconds since 1970; never goes back
     */
    public boolean isAdmitted(long name, long arrivalMillis) {
        return arrivalMillis < midnight && admittedToday.contains(name);
    }

    /**
     * Decides about a name that {@link #isAdmitted} does not know, and remembers what it decides.
     *
     * @param name hash of project, environment, experiment and variant
     * @param identity hash of project, environment and experiment
     * @param known whether the experiment has a definition; asked only when that matters
     * @param weight evaluations that the event stands for
     * @param arrival never goes back
     * @return false when the evaluation is to be excluded as LIMIT
     */
    public boolean admit(
            long name,
            long identity,
            ExperimentKey experiment,
            FloodLimits limits,
            BooleanSupplier known,
            long weight,
            Instant arrival) {
        advance(arrival);
        var page = Long.toHexString(identity);
        var project = experiment.project();
        if (!unknownToday.contains(project, identity) && !known.getAsBoolean()) {
            if (unknownToday.size(project) >= limits.unknownExperimentsPerDay()) {
                int limit = limits.unknownExperimentsPerDay();
                exclude(false, project, Flood.ofExperiments(project, project, limit, arrival), weight);
                return false;
            }
            if (variants.pages() >= mostExperiments && !variants.has(page)) {
                var all = "all projects";
                exclude(false, all, Flood.ofExperiments(all, null, mostExperiments, arrival), weight);
                return false;
            }
            unknownToday.add(project, identity, day);
        }
        if (!variants.contains(page, name) && variants.size(page) >= limits.variantsPerExperiment()) {
            var subject = experiment.toString();
            exclude(true, subject, Flood.ofVariants(subject, project, limits.variantsPerExperiment(), arrival), weight);
            return false;
        }
        variants.add(page, name, day);
        admittedToday.add(name);
        return true;
    }

    /** Notes how far the arrivals have come. With a new day all limits start anew, and the alerts of the last end. */
    public void advance(Instant arrival) {
        long now = arrival.toEpochMilli();
        if (now < midnight) {
            return;
        }
        // Whenever the next event comes: the day ended when it did.
        var ended = Instant.ofEpochMilli(midnight);
        day = Math.floorDiv(now, DAY_MILLIS);
        midnight = (day + 1) * DAY_MILLIS;
        dayChanged = true;
        admittedToday.clear();
        unknownToday.forgetBefore(day);
        variants.forgetBefore(day - DAYS_KEPT + 1);
        floods.forEach((id, flood) -> alerts.add(flood.resolved(id, ended)));
        changedFloods.addAll(floods.keySet());
        floods.clear();
    }

    /** The alerts that have opened or ended since the last call, in order; to be sent in the transaction of this commit. */
    public List<OperatorAlert> alerts() {
        var since = List.copyOf(alerts);
        alerts.clear();
        return since;
    }

    /** What to write to the store: all that has changed since the last call. A null value deletes. */
    public List<KeyValue<String, byte[]>> changes() {
        var changes = new ArrayList<KeyValue<String, byte[]>>();
        if (dayChanged) {
            changes.add(KeyValue.pair(
                    DAY, ByteBuffer.allocate(Long.BYTES).putLong(day).array()));
            dayChanged = false;
        }
        unknownToday.changes((key, value) -> changes.add(KeyValue.pair(key, value)));
        variants.changes((key, value) -> changes.add(KeyValue.pair(key, value)));
        for (var id : changedFloods) {
            var flood = floods.get(id);
            changes.add(KeyValue.pair(FLOOD + id, flood == null ? null : flood.encode()));
        }
        changedFloods.clear();
        return changes;
    }

    /** Takes everything that is in the store; to be called once, before anything else. */
    public void restore(Iterable<KeyValue<String, byte[]>> entries) {
        for (var entry : entries) {
            if (entry.key.equals(DAY)) {
                day = ByteBuffer.wrap(entry.value).getLong();
                midnight = (day + 1) * DAY_MILLIS;
            } else if (entry.key.startsWith(FLOOD)) {
                floods.put(entry.key.substring(FLOOD.length()), Flood.decode(entry.value));
            } else if (!unknownToday.restore(entry.key, entry.value) && !variants.restore(entry.key, entry.value)) {
                throw new IllegalArgumentException("'" + entry.key + "' is no entry of a flood guard");
            }
        }
    }

    private void exclude(boolean ofVariants, String subject, Flood fresh, long weight) {
        var id = Flood.id(ofVariants, subject, day);
        var flood = floods.get(id);
        if (flood == null) {
            flood = fresh;
            floods.put(id, flood);
            alerts.add(flood.opened(id));
        }
        flood.exclude(weight);
        changedFloods.add(id);
    }
}
