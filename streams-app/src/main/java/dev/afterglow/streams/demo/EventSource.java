package dev.afterglow.streams.demo;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.demo.Draws.Purpose;
import dev.afterglow.streams.demo.FleetMember.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** The valid events of a run: each is a function of the seed and its index. */
final class EventSource {

    static final Duration SPAN = Duration.ofHours(36);

    private static final int JITTER_MILLIS = 5_000;
    private static final long MINUTE = 60_000;
    private static final int HOUR = 3_600_000;
    private static final int DAY = 24 * HOUR;

    private final Fleet fleet;
    private final Draws draws;
    private final long events;
    private final long firstPart;
    private final int units;
    private final String idPrefix;
    private final Popularity before;
    private final Popularity after;

    EventSource(Fleet fleet, long seed, long events, long firstPart) {
        this.fleet = fleet;
        this.draws = new Draws(seed);
        this.events = events;
        this.firstPart = firstPart;
        this.units = (int) Math.min(1_000_000, Math.max(10, events / 8));
        this.idPrefix = "s" + Long.toHexString(seed) + '-';
        this.before = new Popularity(fleet.members());
        this.after = new Popularity(fleet.members().stream()
                .filter(member -> member.role() != Role.CLEANED)
                .toList());
    }

    /** The event of an index from 0 up to the number of events. */
    EvaluationEvent event(long index) {
        var random = draws.at(Purpose.EVENT, index);
        var member = (index < firstPart ? before : after).pick(random);
        var age = random.nextInt(10_000);
        var backfill = age < 5 && member.role() == Role.RUNNING;
        var occurredAt = occurredAt(index, age, backfill, random);
        var shop = member.key().project().equals(Fleet.SHOP);
        var environment = shop && random.nextInt(1_000) < 5 ? Fleet.OTHER_ENVIRONMENT : Fleet.COUNTED_ENVIRONMENT;
        // An id is one of its project: those of the second project are the ids of neighbours in the first.
        var number = shop ? index : index ^ 1;
        return build(member, environment, idPrefix + number, occurredAt, backfill, random);
    }

    /** An event of right now, for a view that lives; {@code number} tells it from the others. */
    EvaluationEvent live(long number, Instant now) {
        var random = draws.at(Purpose.LIVE, number);
        return build(after.pick(random), Fleet.COUNTED_ENVIRONMENT, idPrefix + "live-" + number, now, false, random);
    }

    /** Another payload under the id of an event, for the same unit, so that the two meet. */
    EvaluationEvent conflicting(EvaluationEvent event) {
        var variant = fleet.members().stream()
                .filter(member -> member.key().project().equals(event.getProject())
                        && member.key().experiment().equals(event.getExperiment()))
                .findFirst()
                .orElseThrow()
                .otherThan(event.getVariant());
        return EvaluationEvent.newBuilder(event).setVariant(variant).build();
    }

    private Instant occurredAt(long index, int age, boolean backfill, SplittableRandom random) {
        var since = SPAN.toMillis() - Math.multiplyExact(SPAN.toMillis(), index) / events;
        var back = since + random.nextInt(JITTER_MILLIS);
        if (backfill) {
            back += 70L * DAY + random.nextInt(10 * DAY);
        } else if (age < 35) {
            back += 2L * DAY + random.nextInt(8 * DAY);
        } else if (age < 235) {
            back += MINUTE + random.nextInt(29 * (int) MINUTE);
        }
        return fleet.now().minusMillis(back);
    }

    private EvaluationEvent build(
            FleetMember member,
            String environment,
            String id,
            Instant occurredAt,
            boolean backfill,
            SplittableRandom random) {
        var variant = member.variantAt(occurredAt, random.nextInt(1 << 20));
        var count = random.nextInt(100) == 0 ? 2L + random.nextInt(19) : 1L;
        var web = random.nextInt(10) < 7;
        return new EvaluationEvent(
                id,
                member.key().project(),
                environment,
                member.key().experiment(),
                variant,
                "u" + random.nextInt(units),
                occurredAt,
                count,
                web ? "web" : null,
                null,
                null,
                null,
                web ? 200L + random.nextInt(4_000) : null,
                web ? 500L + random.nextInt(2_000) : null,
                backfill,
                null);
    }
}
