package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.AccountBill;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.money.Usage;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.PeriodStatus;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.UsageTotal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Turns the sums of a period into the contracts that say what it costs. */
final class Billing {

    private final PeriodKey period;
    private final PeriodPricing pricing;
    private final AccountBill<String> bill;
    private final long revision;

    Billing(PeriodKey period, PlanHistory plans, Map<String, UsageTotal> totals, long revision) {
        this.period = period;
        this.pricing = plans.pricing(period.month());
        this.bill = AccountBill.of(
                pricing,
                totals.entrySet().stream()
                        .map(row -> new Usage<>(
                                row.getKey(),
                                row.getValue().getImpressions(),
                                row.getValue().getLeftover()))
                        .toList());
        this.revision = revision;
    }

    /** What is wasted in the scope of a budget, micro-units. */
    long wastedOf(Budget budget, Function<String, String> teams) {
        long wasted = 0;
        for (var share : bill.shares()) {
            if (isInScope(budget, share.key(), teams)) {
                wasted = Math.addExact(wasted, share.wastedMicros());
            }
        }
        return wasted;
    }

    private static boolean isInScope(Budget budget, String key, Function<String, String> teams) {
        var experiment = ExperimentKey.parse(key);
        return switch (budget.getScope()) {
            case ACCOUNT -> true;
            case TEAM -> budget.getTeam() != null && budget.getTeam().equals(teams.apply(key));
            case PROJECT -> experiment.project().equals(budget.getProject());
            // A deleted budget may leave out what it was of.
            case EXPERIMENT ->
                experiment.project().equals(budget.getProject())
                        && experiment.environment().equals(budget.getEnvironment())
                        && experiment.experiment().equals(budget.getExperiment());
            case UNKNOWN -> false;
        };
    }

    PeriodPricing pricing() {
        return pricing;
    }

    AccountCost account(Outlooks outlooks) {
        return AccountCost.newBuilder()
                .setAccount(period.account())
                .setPeriod(period.month().toString())
                .setPeriodStart(pricing.start())
                .setPeriodEnd(pricing.end())
                .setZone(pricing.zone().getId())
                .setCurrency(bill.currency())
                .setImpressions(bill.impressions())
                .setCostMicros(bill.costMicros())
                .setLeftoverImpressions(bill.leftoverImpressions())
                .setWastedMicros(bill.wastedMicros())
                .setUnpricedImpressions(bill.unpricedImpressions())
                .setPlanVersion(bill.planVersion())
                .setRevision(revision)
                .setForecast(
                        outlooks.contract(bill.impressions(), bill.costMicros()).orElse(null))
                .setStatus(PeriodStatus.PROVISIONAL)
                .build();
    }

    /** The shares that are not what was published last, by experiment identity. */
    List<ExperimentCost> changedShares(
            Map<String, UsageTotal> totals, Function<String, String> teams, Finality finality) {
        var changed = new ArrayList<ExperimentCost>();
        for (var share : bill.shares()) {
            var published = totals.get(share.key()).getPublished();
            var team = teams.apply(share.key());
            if (published == null || finality.isNewsFor(published) || !isSame(published, share, team)) {
                changed.add(finality.mark(toContract(share, team), published));
            }
        }
        return changed;
    }

    private boolean isSame(ExperimentCost published, AccountBill.Share<String> share, String team) {
        return published.getImpressions() == share.impressions()
                && published.getCostMicros() == share.costMicros()
                && published.getLeftoverImpressions() == share.leftoverImpressions()
                && published.getWastedMicros() == share.wastedMicros()
                && published.getCurrency().equals(bill.currency())
                && Objects.equals(published.getTeam(), team);
    }

    private ExperimentCost toContract(AccountBill.Share<String> share, String team) {
        var experiment = ExperimentKey.parse(share.key());
        return ExperimentCost.newBuilder()
                .setAccount(period.account())
                .setPeriod(period.month().toString())
                .setProject(experiment.project())
                .setEnvironment(experiment.environment())
                .setExperiment(experiment.experiment())
                .setTeam(team)
                .setCurrency(bill.currency())
                .setImpressions(share.impressions())
                .setCostMicros(share.costMicros())
                .setLeftoverImpressions(share.leftoverImpressions())
                .setWastedMicros(share.wastedMicros())
                .setMarginalPriceMicros(bill.marginal().micros())
                .setMarginalPerImpressions(bill.marginal().perImpressions())
                .setAccountRevision(revision)
                .setStatus(PeriodStatus.PROVISIONAL)
                .build();
    }
}
