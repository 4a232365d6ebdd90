package dev.afterglow.streams.intake;

import dev.afterglow.alerts.policy.Exclusions;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.dedupe.Sighting;
import dev.afterglow.streams.floods.FloodGuard;
import dev.afterglow.streams.floods.FloodLimits;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.intake.Outcome.ExclusionReason;
import dev.afterglow.streams.reading.EventView;
import dev.afterglow.streams.reading.Fingerprint;
import dev.afterglow.streams.reading.TextCache;
import dev.afterglow.streams.reading.TextField;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Decides what becomes of an event that could be read. */
final class Judge {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final int PROJECTS_KEPT = 256;

    private final IntakeLimits limits;
    private final long latenessMillis;
    private final long toleranceMillis;
    private final Policies policies;
    private final Sightings ids;
    private final SeenStore repeats;

    private final Fingerprint fingerprint = new Fingerprint();
    private final EventCheck check = new EventCheck();
    private final TextCache<ProjectRules> rules = new TextCache<>(TextField.PROJECT, PROJECTS_KEPT, ProjectRules::new);
    private final TextCache<String> environments =
            new TextCache<>(TextField.ENVIRONMENT, PROJECTS_KEPT, Function.identity());
    private final FloodGuard floods;
    private final KnownExperiments known;

    Judge(
            IntakeLimits limits,
            Policies policies,
            KnownExperiments known,
            Sightings ids,
            SeenStore repeats,
            FloodGuard floods) {
        this.limits = limits;
        this.latenessMillis = limits.lateness().toMillis();
        this.toleranceMillis = limits.futureTolerance().toMillis();
        this.policies = policies;
        this.ids = ids;
        this.repeats = repeats;
        this.known = known;
        this.floods = floods;
    }

    /** To be called with the first record after a start. */
    void open(long arrival) {
        repeats.open(arrival);
    }

    /** @param arrival milliseconds since 1970; never less than in an earlier call */
    Outcome judge(EventView event, long arrival) {
        var unusable = unusable(event, arrival);
        if (unusable != null) {
            return unusable;
        }
        var project = rules.of(event).of(policies, event.occurredAt(), arrival);
        var policy = project.policy();
        if (isMissing(policy, event)) {
            return new Outcome.Rejected(
                    DeadLetterReason.INVALID,
                    "counting policy " + policy + " needs "
                            + (policy == CountingPolicy.PAGE_IMPRESSION ? "pageView" : "session"));
        }
        var sighting = see(event, arrival, project.horizonHours());
        if (sighting != Sighting.NEW) {
            return sighting == Sighting.CONFLICT ? Outcome.CONFLICT : Outcome.DUPLICATE;
        }
        var excluded = exclusion(event, project.exclusions());
        if (excluded != null) {
            return excluded;
        }
        if (!isWithinLimits(event, project.limits(), arrival)) {
            return new Outcome.Excluded(ExclusionReason.LIMIT);
        }
        if (policy != CountingPolicy.EVALUATION && !repeats.isFirst(fingerprint.repeatOf(policy, event), arrival)) {
            return new Outcome.Excluded(ExclusionReason.REPEAT);
        }
        return Outcome.counted(policy);
    }

    /**
     * Remembers an event that was judged before this task had a memory, as far as {@link #judge} would have. The limits on
     * names are not among it.
     */
    void remember(EventView event, long arrival) {
        if (unusable(event, arrival) == null) {
            var project = rules.of(event).of(policies, event.occurredAt(), arrival);
            boolean isNews = !isMissing(project.policy(), event)
                    && see(event, arrival, project.horizonHours()) == Sighting.NEW
                    && exclusion(event, project.exclusions()) == null;
            if (isNews && project.policy() != CountingPolicy.EVALUATION) {
                repeats.isFirst(fingerprint.repeatOf(project.policy(), event), arrival);
            }
        }
    }

    private Outcome.Excluded exclusion(EventView event, Exclusions exclusions) {
        if (exclusions.isEmpty()) {
            return null;
        }
        var userAgent = exclusions.readsUserAgents() ? event.text(TextField.USER_AGENT) : null;
        return exclusions
                .reasonFor(environments.of(event), event.text(TextField.UNIT), userAgent)
                .map(reason -> new Outcome.Excluded(ExclusionReason.valueOf(reason.name())))
                .orElse(null);
    }

    private boolean isWithinLimits(EventView event, FloodLimits flood, long arrival) {
        long name = fingerprint.nameOf(event);
        if (floods.isAdmitted(name, arrival)) {
            return true;
        }
        var experiment = new ExperimentKey(
                event.text(TextField.PROJECT), event.text(TextField.ENVIRONMENT), event.text(TextField.EXPERIMENT));
        var arrived = Instant.ofEpochMilli(arrival);
        return floods.admit(
                name,
                fingerprint.experimentOf(event),
                experiment,
                flood,
                () -> known.isKnown(experiment, arrived),
                event.count(),
                arrived);
    }

    private Sighting see(EventView event, long arrival, int horizonHours) {
        return ids.see(
                fingerprint.idOf(event),
                fingerprint.contentsOf(event),
                Math.floorDiv(arrival, HOUR_MILLIS),
                horizonHours);
    }

    private Outcome.Rejected unusable(EventView event, long arrival) {
        var problem = check.problem(event);
        if (problem != null) {
            return new Outcome.Rejected(DeadLetterReason.INVALID, problem);
        }
        // Neither is negative, so that no difference can overflow, however absurd a time is.
        if (event.occurredAt() - arrival > toleranceMillis) {
            return new Outcome.Rejected(
                    DeadLetterReason.FUTURE,
                    "occurredAt is more than " + limits.futureTolerance() + " after its arrival");
        }
        if (!event.backfill() && arrival - event.occurredAt() > latenessMillis) {
            return new Outcome.Rejected(
                    DeadLetterReason.TOO_LATE,
                    "occurredAt is more than " + limits.lateness()
                            + " before its arrival; history is sent with backfill = true");
        }
        return null;
    }

    private static boolean isMissing(CountingPolicy policy, EventView event) {
        return policy == CountingPolicy.PAGE_IMPRESSION && event.isNull(TextField.PAGE_VIEW)
                || policy == CountingPolicy.SESSION_EXPOSURE && event.isNull(TextField.SESSION);
    }
}
