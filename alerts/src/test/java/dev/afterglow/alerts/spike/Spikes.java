package dev.afterglow.alerts.spike;

import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.SpikeState;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A course of quarter-hours of one experiment, of which 1,000 impressions are usual and 2,500 a spike. */
final class Spikes {

    static final Instant START = Instant.parse("2026-11-16T00:00:00Z");
    static final Usual USUAL = new Usual(1_000, 0, 14);
    static final SpikeSubject SUBJECT =
            new SpikeSubject("acme", Optional.of(new ExperimentKey("shop", "production", "a/b")), "growth");

    private final SpikeJudge judge = new SpikeJudge(SpikeRules.DEFAULTS);
    private final List<SpikeJudge.Verdict> verdicts = new ArrayList<>();
    private SpikeState state;
    private Instant end = START;

    /** Judges the next quarter-hour. */
    SpikeJudge.Change next(long impressions) {
        return next(impressions, true, false);
    }

    SpikeJudge.Change next(long impressions, boolean mayOpen, boolean forced) {
        end = end.plusSeconds(900);
        var verdict = judge.judge(state, end, impressions, Optional.of(USUAL), mayOpen, forced);
        verdicts.add(verdict);
        state = verdict.next();
        return verdict.change();
    }

    /** Leaves out quarter-hours. */
    void skip(int quarters) {
        end = end.plusSeconds(900L * quarters);
    }

    SpikeState state() {
        return state;
    }

    SpikeJudge.Verdict last() {
        return verdicts.get(verdicts.size() - 1);
    }

    Instant end() {
        return end;
    }

    /** Usage of November of an account under a plan of 10 micros an impression, 1,000 in each of so many quarter-hours. */
    static PeriodUsage usage(int quarters, long included) {
        return usage(quarters, included, 0, 0);
    }

    /** The same with a fee and a minimum, in micros. */
    static PeriodUsage usage(int quarters, long included, long fee, long minimum) {
        var plan = PricePlan.newBuilder()
                .setAccount("acme")
                .setVersion(1)
                .setEffectiveFrom(Instant.EPOCH)
                .setCurrency("USD")
                .setIncludedImpressions(included)
                .setTiers(List.of(new PriceTier(null, 10L, 1L)))
                .setFlatFeeMicros(fee)
                .setMinimumMicros(minimum)
                .build();
        var pricing = PlanHistory.of(List.of(plan)).pricing(YearMonth.of(2026, 11));
        long[] used = new long[quarters];
        java.util.Arrays.fill(used, 1_000);
        return new PeriodUsage(pricing, used);
    }
}
