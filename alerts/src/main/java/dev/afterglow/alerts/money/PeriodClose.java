package dev.afterglow.alerts.money;

import dev.afterglow.contract.PeriodCorrection;
import dev.afterglow.contract.PeriodFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the figures of a period become final, and what is a correction from then on.
 *
 * <p>All times are of the traffic: how far arrivals have been read. An event counts until it is later than the limit of
 * lateness, so that from the end of the period plus that limit on only backfill, a changed price plan or a moved team can
 * change its figures. What changes them then is a correction of the period, however small.
 */
public final class PeriodClose {

    /** History that is loaded when its period should be final already has a day to come in before it is. */
    public static final Duration LOADING = Duration.ofDays(1);

    private final Duration afterEnd;

    /**
     * @param lateness how long after it happened an event may arrive and still be counted; 0 or more
     * @param settle how long events under way are waited for beyond that; 0 or more
     */
    public PeriodClose(Duration lateness, Duration settle) {
        this.afterEnd = lateness.plus(settle);
    }

    /**
     * From when on the figures of a period are final.
     *
     * @param end first instant after the period, in the zone of its account
     * @param knownSince how far arrivals had been read when the first usage of the period came
     */
    public Instant finalFrom(Instant end, Instant knownSince) {
        var closed = end.plus(afterEnd);
        var loaded = knownSince.plus(LOADING);
        return loaded.isAfter(closed) ? loaded : closed;
    }

    /** What an experiment had in the final figures that was first heard of after they were: nothing. */
    public static PeriodFigures nothing(PeriodFigures present) {
        return new PeriodFigures(present.getTeam(), present.getCurrency(), 0L, 0L, 0L, 0L);
    }

    /**
     * What figures are more than the final ones; empty when they are the same, in their currency and team too.
     *
     * @throws ArithmeticException when a difference does not fit 64 bits
     */
    public static Optional<PeriodCorrection> correction(PeriodFigures finals, PeriodFigures present) {
        if (present.equals(finals)) {
            return Optional.empty();
        }
        // Amounts of two currencies have no difference: nothing was final in the one that holds now.
        boolean comparable = present.getCurrency().equals(finals.getCurrency());
        return Optional.of(new PeriodCorrection(
                Math.subtractExact(present.getImpressions(), finals.getImpressions()),
                Math.subtractExact(present.getCostMicros(), comparable ? finals.getCostMicros() : 0),
                Math.subtractExact(present.getLeftoverImpressions(), finals.getLeftoverImpressions()),
                Math.subtractExact(present.getWastedMicros(), comparable ? finals.getWastedMicros() : 0)));
    }
}
