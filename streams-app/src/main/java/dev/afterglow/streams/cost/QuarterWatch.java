package dev.afterglow.streams.cost;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.flow.Quarters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has quarter-hours judged for spikes and budgets when they are complete, once each, in the order of time; in turns, so that the
 * thread is never kept for long. What comes later still is counted and billed, is a part of what is usual, and counts for the
 * thresholds of budgets; but as a spike or by its pace it pages nobody any more: neither does history that is loaded.
 */
final class QuarterWatch {

    /** How long after the end of a quarter-hour its traffic is waited for. */
    static final Duration SETTLE = Duration.ofMinutes(2);

    private static final int JUDGED_PER_TURN = 500;

    /** Nothing else of the thread gets on meanwhile, a commit among it. */
    static final long TURN_MS = 20;

    /** A month comes first: what it costs without usage is judged with its first quarter-hour. */
    static final String MONTH = "0";

    /** The account comes after its experiments, whose open spikes explain a part of its traffic. */
    private static final String EXPERIMENT = "1";

    private static final String ACCOUNT = "2";
    private static final String BUDGET = "3";

    private final DueIndex due;
    private final SpikeDesk spikes;
    private final BudgetDesk budgets;
    private final MonthDesk months;
    private final Clock clock;

    /** @param clock that tells when a turn has taken long enough */
    QuarterWatch(DueIndex due, SpikeDesk spikes, BudgetDesk budgets, MonthDesk months, Clock clock) {
        this.due = due;
        this.spikes = spikes;
        this.budgets = budgets;
        this.months = months;
        this.clock = clock;
    }

    /** Notes that an experiment has enough in a quarter-hour to be judged. */
    void counted(DayKey day, Instant quarter, Optional<Instant> watermark) {
        if (!isOver(quarter, watermark)) {
            due.add(
                    endOf(quarter),
                    subject(day.account(), EXPERIMENT, day.experiment().toString()));
        }
    }

    /** Notes in which quarter-hours accounts have traffic. */
    void used(List<ExperimentUsage> usages, Optional<Instant> watermark) {
        record AccountQuarter(String account, Instant quarter) {}
        Set<AccountQuarter> noted = new HashSet<>();
        for (ExperimentUsage usage : usages) {
            for (UsageQuarter quarter : usage.getQuarters()) {
                if (quarter.getImpressions() > 0
                        && noted.add(new AccountQuarter(usage.getAccount(), quarter.getQuarter()))
                        && !isOver(quarter.getQuarter(), watermark)) {
                    due.add(endOf(quarter.getQuarter()), subject(usage.getAccount(), ACCOUNT, ""));
                }
            }
        }
    }

    /**
     * Judges what is complete, as much as one turn allows.
     *
     * @return whether that was all
     */
    boolean advance(Instant watermark) {
        var limit = watermark.minus(SETTLE);
        long ends = clock.millis() + TURN_MS;
        int left = JUDGED_PER_TURN;
        while (true) {
            var next = due.earliest(limit, left);
            if (next.isEmpty()) {
                return true;
            }
            var at = next.get(0).at();
            for (var one : next) {
                // What is judged may have to be looked at again a quarter-hour later, before what is next.
                if (one.at().isAfter(at)) {
                    break;
                }
                due.remove(one);
                judge(one);
                left--;
                if (left == 0 || clock.millis() >= ends) {
                    return false;
                }
            }
        }
    }

    /** Ids of the budgets that have to be judged again in a period of which something changed. */
    Set<String> toJudgeAgain(PeriodKey period, Instant watermark) {
        return budgets.toJudgeAgain(period, watermark);
    }

    /** Judges a budget again in such a period; when all that is complete has been judged. */
    void judgeAgain(PeriodKey period, String budgetId, Instant watermark) {
        budgets.judgeAgain(period, budgetId, watermark)
                .ifPresent(at -> due.add(at, subject(period.account(), BUDGET, budgetId)));
    }

    private void judge(DueIndex.Due one) {
        var parts = one.subject().split("/", 3);
        var account = parts[0];
        Optional<Instant> next = switch (parts[1]) {
            case EXPERIMENT -> nextIf(spikes.judgeExperiment(account, ExperimentKey.parse(parts[2]), one.at()), one);
            case MONTH -> {
                if (months.begin(new PeriodKey(account, YearMonth.parse(parts[2])), one.at())) {
                    judgeBudgets(account, one.at());
                }
                yield Optional.empty();
            }
            case ACCOUNT -> {
                judgeBudgets(account, one.at());
                yield nextIf(spikes.judgeAccount(account, one.at()), one);
            }
            default -> budgets.judge(account, parts[2], one.at());
        };
        next.ifPresent(at -> due.add(at, one.subject()));
    }

    private void judgeBudgets(String account, Instant quarterEnd) {
        budgets.idsOf(account).forEach(budget -> due.add(quarterEnd, subject(account, BUDGET, budget)));
    }

    private static Optional<Instant> nextIf(boolean goesOn, DueIndex.Due one) {
        return goesOn ? Optional.of(endOf(one.at())) : Optional.empty();
    }

    /** Whether it is too late for a quarter-hour to be judged with more. */
    static boolean isOver(Instant quarter, Optional<Instant> watermark) {
        return watermark.filter(at -> !endOf(quarter).isAfter(at.minus(SETTLE))).isPresent();
    }

    private static Instant endOf(Instant quarter) {
        return quarter.plusMillis(Quarters.MILLIS);
    }

    static String subject(String account, String rank, String what) {
        return account + '/' + rank + '/' + what;
    }
}
