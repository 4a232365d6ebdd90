package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.spike.EarlierDays;
import dev.afterglow.alerts.spike.SpikeAlertAuthor;
import dev.afterglow.alerts.spike.SpikeJudge;
import dev.afterglow.alerts.spike.SpikeJudge.Change;
import dev.afterglow.alerts.spike.SpikeReading;
import dev.afterglow.alerts.spike.SpikeRules;
import dev.afterglow.alerts.spike.SpikeSubject;
import dev.afterglow.alerts.spike.Usual;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.AccountSpikes;
import dev.afterglow.state.SpikeState;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Has quarter-hours judged by what is usual at their time: of each experiment first, then of the account as a whole. */
final class SpikeDesk {

    /** Open at a time in one account; the package of the judge says what becomes of more. */
    static final int MOST_OPEN = 10;

    private static final AccountSpikes NONE = new AccountSpikes(0, null, 0, 0L, null);

    private final Accounts accounts;
    private final UsageBook book;
    private final ScopeBook scopes;
    private final KeyValueStore<String, SpikeState> spikes;
    private final KeyValueStore<String, AccountSpikes> ofAccounts;
    private final UnaryOperator<String> teams;
    private final Consumer<CostAlert> send;
    private final SpikeJudge judge = new SpikeJudge(SpikeRules.DEFAULTS);
    private final SpikeAlertAuthor author = new SpikeAlertAuthor(SpikeRules.DEFAULTS);

    /**
     * @param teams team of an experiment identity
     * @param send takes an alert
     */
    SpikeDesk(
            Accounts accounts,
            UsageBook book,
            ScopeBook scopes,
            KeyValueStore<String, SpikeState> spikes,
            KeyValueStore<String, AccountSpikes> ofAccounts,
            UnaryOperator<String> teams,
            Consumer<CostAlert> send) {
        this.accounts = accounts;
        this.book = book;
        this.scopes = scopes;
        this.spikes = spikes;
        this.ofAccounts = ofAccounts;
        this.teams = teams;
        this.send = send;
    }

    /** Whether a quarter-hour of an experiment with so many impressions can be a spike at all. */
    static boolean isWorthALook(long impressions) {
        return impressions >= SpikeRules.DEFAULTS.minimumImpressions();
    }

    /** @return whether the next quarter-hour has to be judged, too */
    boolean judgeExperiment(String account, ExperimentKey experiment, Instant quarterEnd) {
        var quarter = quarterEnd.minusMillis(Quarters.MILLIS);
        var days = book.days(account, experiment, firstDay(quarter), quarter);
        long impressions = days.impressions(quarter);
        var usual = usual(account, quarter, days.firstTraffic(), days::impressions);
        String key = account + '/' + experiment;
        var before = spikes.get(key);
        var all = ofAccount(account, quarterEnd);
        var verdict = judge.judge(before, quarterEnd, impressions, usual, all.getOpen() < MOST_OPEN, false);
        var next = verdict.next();
        if (verdict.change() != Change.NONE) {
            var subject = new SpikeSubject(account, Optional.of(experiment), teams.apply(experiment.toString()));
            var reading = new SpikeReading(quarterEnd, impressions, usual, accountImpressions(account, quarter), 0);
            next = tell(verdict, subject, before, reading);
        }
        keep(spikes, key, before, next);
        boolean open = next != null && next.getOpenedAt() != null;
        int opened = verdict.change() == Change.OPENED ? 1 : verdict.change() == Change.RESOLVED ? -1 : 0;
        keep(
                ofAccounts,
                account,
                all,
                new AccountSpikes(
                        all.getOpen() + opened,
                        quarterEnd,
                        all.getBeyond() + (verdict.withheld() ? 1 : 0),
                        all.getExplained() + (open ? verdict.excess() : 0),
                        all.getSpike()));
        return verdict.goesOn();
    }

    /** To be called after all experiments of the account and quarter-hour. @return as for an experiment */
    boolean judgeAccount(String account, Instant quarterEnd) {
        var quarter = quarterEnd.minusMillis(Quarters.MILLIS);
        var all = ofAccount(account, quarterEnd);
        long impressions = accountImpressions(account, quarter);
        long unexplained = Math.max(0, impressions - all.getExplained());
        var before = all.getSpike();
        if (before == null && all.getBeyond() == 0 && !isWorthALook(unexplained)) {
            return false;
        }
        var from = firstDay(quarter);
        long[] quarters = scopes.quarters(ScopeBook.account(account), from, indexOf(from, quarter) + 1);
        var usual = usual(account, quarter, firstTraffic(from, quarters), at -> quarters[indexOf(from, at)]);
        var verdict = judge.judge(before, quarterEnd, unexplained, usual, true, all.getBeyond() > 0);
        var next = verdict.next();
        if (verdict.change() != Change.NONE) {
            var subject = new SpikeSubject(account, Optional.empty(), null);
            var reading = new SpikeReading(quarterEnd, unexplained, usual, impressions, all.getBeyond());
            next = tell(verdict, subject, before, reading);
        }
        keep(
                ofAccounts,
                account,
                all,
                new AccountSpikes(all.getOpen(), quarterEnd, all.getBeyond(), all.getExplained(), next));
        return verdict.goesOn();
    }

    private SpikeState tell(SpikeJudge.Verdict verdict, SpikeSubject subject, SpikeState before, SpikeReading reading) {
        if (verdict.change() == Change.RESOLVED) {
            send.accept(author.resolved(subject, before, reading, usageOf(subject.account(), reading.quarterEnd())));
            return null;
        }
        var judged = verdict.next();
        var next = new SpikeState(
                judged.getSince(),
                judged.getJudgedUntil(),
                judged.getOpenedAt(),
                judged.getCalm(),
                judged.getExcess(),
                author.severity(reading));
        send.accept(author.opened(subject, next, reading, usageOf(subject.account(), reading.quarterEnd())));
        return next;
    }

    private PeriodUsage usageOf(String account, Instant quarterEnd) {
        var plans = accounts.plans(account);
        var month = plans.periodOf(quarterEnd.minusMillis(Quarters.MILLIS)).month();
        return scopes.usage(ScopeBook.account(account), plans.pricing(month));
    }

    private Optional<Usual> usual(
            String account, Instant quarter, Optional<Instant> firstTraffic, ToLongFunction<Instant> impressions) {
        if (firstTraffic.isEmpty()) {
            return Optional.empty();
        }
        var days = EarlierDays.before(quarter, accounts.plans(account).zoneAt(quarter));
        return Usual.of(
                EarlierDays.impressions(days, firstTraffic.get(), at -> Math.max(0, impressions.applyAsLong(at))));
    }

    private long accountImpressions(String account, Instant quarter) {
        return Math.max(0, scopes.quarters(ScopeBook.account(account), quarter, 1)[0]);
    }

    /** The sums of another quarter-hour are none of this one. */
    private AccountSpikes ofAccount(String account, Instant quarterEnd) {
        var kept = ofAccounts.get(account);
        if (kept == null) {
            return NONE;
        }
        return quarterEnd.equals(kept.getQuarter())
                ? kept
                : new AccountSpikes(kept.getOpen(), kept.getQuarter(), 0, 0L, kept.getSpike());
    }

    private static Optional<Instant> firstTraffic(Instant from, long[] quarters) {
        for (int i = 0; i < quarters.length; i++) {
            if (quarters[i] > 0) {
                return Optional.of(from.plusMillis(i * Quarters.MILLIS));
            }
        }
        return Optional.empty();
    }

    /** A day more than is looked at: local days may be longer than others. */
    private static Instant firstDay(Instant quarter) {
        return Quarters.dayOf(quarter).minus(SpikeRules.MOST_DAYS + 1L, ChronoUnit.DAYS);
    }

    private static int indexOf(Instant from, Instant quarter) {
        return (int) ((quarter.toEpochMilli() - from.toEpochMilli()) / Quarters.MILLIS);
    }

    private static <V> void keep(KeyValueStore<String, V> store, String key, V before, V next) {
        if (next == null) {
            if (before != null) {
                store.delete(key);
            }
        } else if (!next.equals(before)) {
            store.put(key, next);
        }
    }
}
