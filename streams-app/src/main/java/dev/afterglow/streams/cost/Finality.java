package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.PeriodCorrection;
import dev.afterglow.contract.PeriodFigures;
import dev.afterglow.contract.PeriodStatus;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.UsageTotal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How final what is published of a period is: what it says of itself follows from its figures and the final ones alone.
 *
 * @param at from when on the period is final; empty while it is not
 * @param before what was published of the account last when it was final already; else empty
 */
record Finality(Optional<Instant> at, Optional<AccountCost> before) {

    private static final PeriodCorrection OF_SHARES_ONLY = new PeriodCorrection(0L, 0L, 0L, 0L);

    /** Whether a share has to be published to say that it is final. */
    boolean isNewsFor(ExperimentCost published) {
        return !Objects.equals(published.getFinalAt(), at.orElse(null));
    }

    /**
     * Marks a share when the period is final.
     *
     * @param share as it is while the period is not
     * @param published what was published of it last; null when nothing was
     */
    ExperimentCost mark(ExperimentCost share, ExperimentCost published) {
        if (at.isEmpty()) {
            return share;
        }
        var present = figures(share);
        var finals = before.isEmpty() ? present : finalFigures(published, present);
        var correction = PeriodClose.correction(finals, present);
        return ExperimentCost.newBuilder(share)
                .setStatus(status(correction))
                .setFinalAt(at.get())
                .setFinalFigures(finals)
                .setCorrection(correction.orElse(null))
                .build();
    }

    /**
     * Marks the total of an account when the period is final.
     *
     * @param cost as it is while the period is not
     * @param changed the marked shares that are published with it
     * @param totals all shares, as they were published before
     */
    AccountCost mark(AccountCost cost, List<ExperimentCost> changed, Map<String, UsageTotal> totals) {
        if (at.isEmpty()) {
            return cost;
        }
        var present = figures(cost);
        var finals = before.map(AccountCost::getFinalFigures).orElse(present);
        var correction = PeriodClose.correction(finals, present)
                .or(() -> isAnyCorrected(changed, totals) ? Optional.of(OF_SHARES_ONLY) : Optional.empty());
        return AccountCost.newBuilder(cost)
                .setStatus(status(correction))
                .setFinalAt(at.get())
                .setFinalFigures(finals)
                .setCorrection(correction.orElse(null))
                .build();
    }

    private static PeriodStatus status(Optional<PeriodCorrection> correction) {
        return correction.isPresent() ? PeriodStatus.CORRECTED : PeriodStatus.FINAL;
    }

    private static PeriodFigures finalFigures(ExperimentCost published, PeriodFigures present) {
        return published == null ? PeriodClose.nothing(present) : published.getFinalFigures();
    }

    private static boolean isAnyCorrected(List<ExperimentCost> changed, Map<String, UsageTotal> totals) {
        var now = changed.stream().collect(Collectors.toMap(Finality::keyOf, share -> share));
        return totals.entrySet().stream()
                .map(total -> now.getOrDefault(total.getKey(), total.getValue().getPublished()))
                .anyMatch(share -> share.getStatus() == PeriodStatus.CORRECTED);
    }

    private static String keyOf(ExperimentCost share) {
        return new ExperimentKey(share.getProject(), share.getEnvironment(), share.getExperiment()).toString();
    }

    private static PeriodFigures figures(ExperimentCost share) {
        return new PeriodFigures(
                share.getTeam(),
                share.getCurrency(),
                share.getImpressions(),
                share.getCostMicros(),
                share.getLeftoverImpressions(),
                share.getWastedMicros());
    }

    private static PeriodFigures figures(AccountCost cost) {
        return new PeriodFigures(
                null,
                cost.getCurrency(),
                cost.getImpressions(),
                cost.getCostMicros(),
                cost.getLeftoverImpressions(),
                cost.getWastedMicros());
    }
}
