package dev.afterglow.alerts.pace;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Pace;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.PaceState;
import java.time.Instant;
import java.util.List;

/** Writes the alerts of one judgement. */
final class PaceAlertAuthor {

    private final Budget budget;
    private final SpendCurve spend;
    private final Instant at;
    private final PaceSentence sentence;

    PaceAlertAuthor(Budget budget, SpendCurve spend, Instant at) {
        this.budget = budget;
        this.spend = spend;
        this.at = at;
        sentence = new PaceSentence(budget, spend, at);
    }

    String newId() {
        return String.join(
                "/",
                CostKind.PACE.name(),
                budget.getBudgetId(),
                Long.toString(budget.getVersion()),
                spend.period(),
                at.toString());
    }

    CostAlert opened(PaceState state, Burn burn) {
        return common(state)
                .setStatus(AlertStatus.OPEN)
                .setPace(pace(state, burn))
                .setSummary(sentence.fast(state, burn))
                .build();
    }

    CostAlert escalated(PaceState state, Burn burn) {
        return common(state)
                .setStatus(AlertStatus.ESCALATED)
                .setPace(pace(state, burn))
                .setSummary(sentence.fast(state, burn))
                .build();
    }

    CostAlert resolved(PaceState state, Resolution reason) {
        // A changed budget may have nothing to compare with any more.
        boolean comparable = !budget.getDeleted() && budget.getAmount() > 0;
        var rule = state.getSeverity() == Severity.CRITICAL ? PaceRule.CRITICAL : PaceRule.WARNING;
        return common(state)
                .setStatus(AlertStatus.RESOLVED)
                .setResolution(reason)
                .setPace(comparable ? pace(state, new Burn(rule, spend, budget.getAmount(), at)) : null)
                .setSummary(sentence.resolved(state, reason))
                .build();
    }

    private CostAlert.Builder common(PaceState state) {
        boolean money = budget.getUnit() == BudgetUnit.MONEY;
        boolean ofTeam = budget.getOwnerTeam() == null && budget.getScope() == BudgetScope.TEAM;
        return CostAlert.newBuilder()
                .setAlertId(state.getAlertId())
                .setKind(CostKind.PACE)
                .setSeverity(state.getSeverity())
                .setAccount(budget.getAccount())
                .setBudgetId(budget.getBudgetId())
                .setBudgetVersion(state.getBudgetVersion())
                .setPeriod(state.getPeriod())
                .setAt(at)
                .setOpenedAt(state.getOpenedAt())
                .setUnit(budget.getUnit() == null ? BudgetUnit.UNKNOWN : budget.getUnit())
                .setCurrency(money ? spend.currency() : null)
                .setSpend(spend.until(at))
                .setAmount(budget.getAmount())
                .setTeam(ofTeam ? budget.getTeam() : budget.getOwnerTeam())
                .setContacts(budget.getContacts() == null ? List.of() : List.copyOf(budget.getContacts()));
    }

    private static Pace pace(PaceState state, Burn burn) {
        return Pace.newBuilder()
                .setSince(state.getSince())
                .setFastHours((int) burn.rule().fast().toHours())
                .setSlowHours((int) burn.rule().slow().toHours())
                .setFastPercent(burn.fastPercent())
                .setSlowPercent(burn.slowPercent())
                .setLimitPercent(burn.limitPercent())
                .setUsedUpAt(burn.usedUpAt().orElse(null))
                .build();
    }
}
