package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.OpenAlerts;
import dev.afterglow.alerts.money.PeriodClose;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageBatch;
import dev.afterglow.state.UsageMessage;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.flow.AlertSender;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.flow.ProgressReport;
import dev.afterglow.streams.flow.WatermarkTracker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Books usage as it comes; prices the accounts that changed and judges their budgets at every interval, and quarter-hours when
 * they are complete.
 */
final class CostProcessor implements Processor<String, UsageMessage, String, Object> {

    /** Between two turns of judging, when there is more to judge than a turn takes. */
    private static final Duration BETWEEN_TURNS = Duration.ofMillis(10);

    private static final Duration STILL_NOW = Duration.ofHours(1);

    private final Accounts accounts;
    private final int cleanupPartitions;
    private final Duration interval;
    private final PeriodClose close;
    private final Clock clock;

    private ProcessorContext<String, Object> context;
    private UsageBook book;
    private ScopeBook scopes;
    private QuarterWatch quarters;
    private BudgetReviews reviews;
    private AccountDays days;
    private ForecastDesk forecasts;
    private ThresholdDesk thresholds;
    private ExplanationDesk explanations;
    private PeriodDesk periods;
    private MonthDesk months;
    private KeyValueStore<String, String> teams;
    private KeyValueStore<String, Long> revisions;
    private KeyValueStore<String, Long> appliedPlans;
    private PeriodMarks marks;
    private WatermarkTracker watermark;
    private AlertSender alerts;
    private Instant reported;
    private long seenBudgets;
    private boolean unfinished;
    private Instant published;
    private Queue<PeriodKey> toFollow;

    CostProcessor(Accounts accounts, int cleanupPartitions, Duration interval, PeriodClose close, Clock clock) {
        this.accounts = accounts;
        this.cleanupPartitions = cleanupPartitions;
        this.interval = interval;
        this.close = close;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        alerts = new AlertSender(context, CostTopology.STAGE, CostTopology.COST_ALERTS, CostTopology.OPEN_ALERTS);
        days = new AccountDays(
                context.getStateStore(CostTopology.ACCOUNT_DAYS), context.getStateStore(CostTopology.USAGE_DAYS));
        forecasts = new ForecastDesk(accounts, days, context.getStateStore(CostTopology.FORECASTS));
        thresholds =
                new ThresholdDesk(context.getStateStore(CostTopology.BUDGETS), forecasts, this::wastedOf, this::send);
        teams = context.getStateStore(CostTopology.TEAMS);
        revisions = context.getStateStore(CostTopology.REVISIONS);
        periods = new PeriodDesk(
                accounts,
                close,
                context.getStateStore(CostTopology.OPEN_PERIODS),
                context.getStateStore(CostTopology.FINAL_PERIODS),
                revisions);
        appliedPlans = context.getStateStore(CostTopology.APPLIED_PLANS);
        marks = new PeriodMarks(context.getStateStore(CostTopology.DIRTY));
        watermark = new WatermarkTracker(context.getStateStore(CostTopology.WATERMARKS), cleanupPartitions);
        watchQuarters(context);
        reviews = new BudgetReviews(marks, quarters, clock);
        // A task whose transaction was aborted starts again with this very object, and what it had done is undone.
        reported = Instant.MIN;
        seenBudgets = -1;
        unfinished = false;
        published = Instant.MIN;
        toFollow = new ArrayDeque<>(periods.known());
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::publish);
        context.schedule(BETWEEN_TURNS, PunctuationType.WALL_CLOCK_TIME, this::goOn);
    }

    private void watchQuarters(ProcessorContext<String, Object> context) {
        book = new UsageBook(
                context.getStateStore(CostTopology.USAGE_DAYS),
                context.getStateStore(CostTopology.USAGE_TOTALS),
                this::counted);
        scopes = new ScopeBook(context.getStateStore(CostTopology.SCOPE_DAYS), book, teams::get);
        explanations = new ExplanationDesk(accounts, book, scopes, days, teams::get);
        var spikes = new SpikeDesk(
                accounts,
                book,
                scopes,
                context.getStateStore(CostTopology.SPIKES),
                context.getStateStore(CostTopology.ACCOUNT_SPIKES),
                teams::get,
                this::send);
        var pace = new PaceDesk(context.getStateStore(CostTopology.PACE), this::send);
        var budgets = new BudgetDesk(accounts, new BudgetCurves(book, scopes), thresholds, pace);
        var due = new DueIndex(context.getStateStore(CostTopology.DUE_QUARTERS));
        months = new MonthDesk(accounts, due, periods, marks);
        quarters = new QuarterWatch(due, spikes, budgets, months, clock);
    }

    @Override
    public void process(Record<String, UsageMessage> record) {
        var body = record.value().getBody();
        if (body instanceof UsageBatch batch) {
            take(batch.getUsages());
        } else if (body instanceof ExperimentUsage usage) {
            // So they came, one by one, from an earlier release.
            take(List.of(usage));
        } else if (body instanceof Watermark report) {
            watermark.report(report.getSource(), report.getReadUpTo());
        }
        days.flush();
    }

    private void take(List<ExperimentUsage> usages) {
        explanations.forget();
        usages.forEach(usage -> scopes.open(usage.getAccount()));
        usages.forEach(this::take);
        scopes.add(usages);
        quarters.used(usages, watermark.current());
    }

    private void take(ExperimentUsage usage) {
        var plans = accounts.plans(usage.getAccount());
        Long applied = appliedPlans.get(usage.getAccount());
        if (applied == null) {
            appliedPlans.put(usage.getAccount(), plans.fingerprint());
        } else if (applied != plans.fingerprint()) {
            // Sums by the segments of one set of plans take no usage by those of another.
            apply(plans, usage.getAccount());
        }
        days.add(usage, plans);
        var experiment = new ExperimentKey(usage.getProject(), usage.getEnvironment(), usage.getExperiment());
        String team = teams.get(experiment.toString());
        if (!Objects.equals(team, usage.getTeam())) {
            scopes.move(usage.getAccount(), experiment, team, usage.getTeam());
        }
        book.book(usage, plans).forEach(isLate(usage) ? this::changed : this::used);
        if (!Objects.equals(team, usage.getTeam())) {
            teams.put(experiment.toString(), usage.getTeam());
            book.periodsOf(usage.getAccount(), experiment).forEach(this::changed);
        }
    }

    private void counted(DayKey day, Instant quarter, long impressions) {
        if (SpikeDesk.isWorthALook(impressions)) {
            quarters.counted(day, quarter, watermark.current());
        }
    }

    private boolean isLate(ExperimentUsage usage) {
        return usage.getQuarters().stream()
                .anyMatch(quarter -> QuarterWatch.isOver(quarter.getQuarter(), watermark.current()));
    }

    /** More was used, of which budgets are judged by the quarter-hour. */
    private void used(PeriodKey period) {
        if (marks.publish(period)) {
            heardOf(period);
        }
    }

    /** Something changed by which budgets have to be judged again. */
    private void changed(PeriodKey period) {
        if (marks.publishAndJudge(period)) {
            heardOf(period);
        }
    }

    private void heardOf(PeriodKey period) {
        if (periods.used(period, watermark.current())) {
            months.follow(period, watermark.current());
        }
    }

    private void publish(long now) {
        applyChangedPlans();
        applyChangedBudgets();
        watermark.current().ifPresent(at -> periods.due(at).forEach(this::used));
        boolean complete = true;
        for (PeriodKey period : marks.toPublish()) {
            var plans = accounts.plans(period.account());
            if (isAddedUpBy(plans, period.account())) {
                publish(period, plans, now);
                marks.published(period);
            } else {
                // They changed just now: the sums are made anew at the next turn, and priced then.
                complete = false;
            }
        }
        published = complete ? watermark.current().orElse(Instant.MIN) : Instant.MIN;
        judge();
        reportWhatIsDone(now);
    }

    /** What came since was published is not part of it, but for a month that has begun and is not published yet. */
    private void reportWhatIsDone(long now) {
        boolean isDone = !unfinished && published.isAfter(Instant.MIN);
        if (isDone && marks.toPublish().stream().allMatch(period -> revisions.get(period.toString()) != null)) {
            report(published, now);
        }
    }

    /** Figures of an account may be of a moment after the quarter-hour; what is told, and when, depends on what is complete. */
    private void judge() {
        unfinished = watermark
                .current()
                .map(at -> !(follow() && quarters.advance(at) && reviews.advance(at)))
                .orElse(false);
    }

    private void goOn(long now) {
        if (unfinished) {
            judge();
            reportWhatIsDone(now);
        }
    }

    private boolean isAddedUpBy(PlanHistory plans, String account) {
        Long applied = appliedPlans.get(account);
        return applied == null || applied == plans.fingerprint();
    }

    private void applyChangedPlans() {
        var stale = new ArrayList<String>();
        try (var applied = appliedPlans.all()) {
            applied.forEachRemaining(entry -> {
                if (accounts.plans(entry.key).fingerprint() != entry.value) {
                    stale.add(entry.key);
                }
            });
        }
        for (String account : stale) {
            apply(accounts.plans(account), account);
        }
    }

    private void apply(PlanHistory plans, String account) {
        appliedPlans.put(account, plans.fingerprint());
        days.rebuild(account, plans);
        book.rebuild(account, plans).forEach(this::changed);
        for (PeriodKey period : periods.known(account)) {
            // That of a fee has nothing to be made anew from; and the next month may have one now.
            changed(period);
            months.follow(period, watermark.current());
        }
    }

    /** The months after those that an earlier release knew, as many as one turn allows. */
    private boolean follow() {
        long ends = clock.millis() + QuarterWatch.TURN_MS;
        while (!toFollow.isEmpty()) {
            months.follow(toFollow.remove(), watermark.current());
            if (clock.millis() >= ends) {
                break;
            }
        }
        return toFollow.isEmpty();
    }

    /** What a changed budget says of a period that has not ended, and of one with an open alert. */
    private void applyChangedBudgets() {
        var now = watermark.current();
        long revision = accounts.budgetsRevision();
        if (now.isEmpty() || revision == seenBudgets) {
            return;
        }
        seenBudgets = revision;
        thresholds.openPeriods().forEach(marks::judge);
        try (var periods = revisions.all()) {
            periods.forEachRemaining(entry -> judgeIfRunning(PeriodKey.parse(entry.key), now.get()));
        }
    }

    private void judgeIfRunning(PeriodKey period, Instant now) {
        if (accounts.plans(period.account()).pricing(period.month()).end().isAfter(now)) {
            marks.judge(period);
        }
    }

    /** Changed shares and the total leave in one call, and so in one transaction. */
    private void publish(PeriodKey period, PlanHistory plans, long now) {
        Map<String, UsageTotal> totals = book.of(period);
        Long before = revisions.get(period.toString());
        long revision = before == null ? 1 : before + 1;
        var billing = new Billing(period, plans, totals, revision);
        Instant at = watermark.current().orElse(Instant.ofEpochMilli(now));
        var finality = periods.finality(period, billing.pricing().end(), watermark.current());
        var shares = billing.changedShares(totals, teams::get, finality);
        var account = finality.mark(billing.account(forecasts.outlooks(period, at)), shares, totals);
        if (!shares.isEmpty() || periods.isNews(period, account)) {
            send(period, totals, shares, account, now);
            context.commit();
        }
    }

    private void send(
            PeriodKey period,
            Map<String, UsageTotal> totals,
            List<ExperimentCost> shares,
            AccountCost account,
            long now) {
        revisions.put(period.toString(), account.getRevision());
        for (ExperimentCost share : shares) {
            String experiment =
                    new ExperimentKey(share.getProject(), share.getEnvironment(), share.getExperiment()).toString();
            book.published(period, experiment, totals.get(experiment), share);
            context.forward(new Record<>(period.prefix() + experiment, share, now), CostTopology.COSTS);
        }
        context.forward(new Record<>(period.toString(), account, now), CostTopology.ACCOUNT_COSTS);
        periods.published(period, account);
    }

    /** Only the waste of now is known: it says nothing of a moment that was long ago, as in a replay. */
    private Long wastedOf(PeriodKey period, Budget budget, Instant upTo) {
        var plans = accounts.plans(period.account());
        boolean isOfNow = !upTo.isBefore(plans.pricing(period.month()).end())
                || watermark
                        .current()
                        .filter(at -> at.isBefore(upTo.plus(STILL_NOW)))
                        .isPresent();
        return isOfNow && isAddedUpBy(plans, period.account())
                ? new Billing(period, plans, book.of(period), 0).wastedOf(budget, teams::get)
                : null;
    }

    private void send(CostAlert judged) {
        var alert = explanations.explain(judged);
        String subject = alert.getBudgetId() == null ? alert.getAccount() : alert.getBudgetId();
        var envelope = new AlertSender.Envelope(
                alert.getAlertId(), alert.getKind(), alert.getStatus(), subject, alert.getAt());
        alerts.send(envelope, alert, OpenAlerts.of(alert));
    }

    private void report(Instant at, long now) {
        if (at.isAfter(reported)) {
            reported = at;
            int partition = context.taskId().partition();
            context.forward(ProgressReport.of(CostTopology.STAGE, partition, at, now), CostTopology.PROGRESS);
            context.commit();
        }
    }
}
