package dev.afterglow.alerts.spike;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.SpikeState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Judges one quarter-hour of an experiment or of an account. The package description says by which rules. */
public final class SpikeJudge {

    private static final Duration SUSTAINED = UtcGrid.QUARTER.multipliedBy(SpikeRules.SUSTAINED);

    private final SpikeRules rules;

    /** @param rules from which excess on it is a spike */
    public SpikeJudge(SpikeRules rules) {
        this.rules = rules;
    }

    /** What a quarter-hour does to an alert. */
    public enum Change {
        NONE,
        OPENED,
        RESOLVED
    }

    /**
     * What came of a quarter-hour.
     *
     * @param next state to keep; null when there is nothing to keep
     * @param change what to tell
     * @param excess impressions of the quarter-hour above the usual; 0 when it is not far above and nothing is open
     * @param withheld whether an alert would have opened, had it been allowed to
     */
    public record Verdict(SpikeState next, Change change, long excess, boolean withheld) {

        /** Whether the next quarter-hour has to be judged, with traffic or without. */
        public boolean goesOn() {
            return next != null;
        }
    }

    /**
     * Judges a quarter-hour. Those of one subject have to be judged in order, each once; those that were left out are taken
     * for quiet ones: an open or suspected spike is to be judged every quarter-hour.
     *
     * @param before state kept of the subject; null when there is none
     * @param quarterEnd end of the quarter-hour
     * @param impressions its impressions; 0 or more
     * @param usual what is usual at its time; empty when too little is known, and then it is no spike
     * @param mayOpen whether an alert may open
     * @param forced whether something else makes it a spike, whatever is usual
     */
    public Verdict judge(
            SpikeState before,
            Instant quarterEnd,
            long impressions,
            Optional<Usual> usual,
            boolean mayOpen,
            boolean forced) {
        long excess = Math.max(0, impressions - usual.map(Usual::level).orElse(impressions));
        long needed = usual.map(rules::excessNeeded).orElse(Long.MAX_VALUE);
        boolean far = forced || excess >= needed;
        if (before != null && before.getOpenedAt() != null) {
            return goOn(before, quarterEnd, excess, far || excess >= needed - needed / 2);
        }
        if (!far) {
            return new Verdict(null, Change.NONE, 0, false);
        }
        var start = quarterEnd.minus(UtcGrid.QUARTER);
        boolean inARow = before != null && before.getJudgedUntil().equals(start);
        var since = inARow ? before.getSince() : start;
        long sum = plus(inARow ? before.getExcess() : 0, excess);
        boolean sustained = !since.plus(SUSTAINED).isAfter(quarterEnd);
        boolean opens = forced || sustained || excess / 2 >= needed;
        var openedAt = opens && mayOpen ? quarterEnd : null;
        var next = new SpikeState(since, quarterEnd, openedAt, 0, sum, Severity.UNKNOWN);
        return new Verdict(next, openedAt == null ? Change.NONE : Change.OPENED, excess, opens && !mayOpen);
    }

    private static Verdict goOn(SpikeState before, Instant quarterEnd, long excess, boolean stillFar) {
        int calm = stillFar ? 0 : before.getCalm() + 1;
        var next = new SpikeState(
                before.getSince(),
                quarterEnd,
                before.getOpenedAt(),
                calm,
                plus(before.getExcess(), excess),
                before.getSeverity());
        return calm < SpikeRules.CALM
                ? new Verdict(next, Change.NONE, excess, false)
                : new Verdict(null, Change.RESOLVED, excess, false);
    }

    private static long plus(long sum, long more) {
        return sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }
}
