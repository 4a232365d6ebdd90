package dev.afterglow.streams.cost;

import dev.afterglow.alerts.explained.AccountUse;
import dev.afterglow.alerts.explained.ExperimentUse;
import dev.afterglow.alerts.explained.Stretch;
import dev.afterglow.alerts.explained.UseReader;
import dev.afterglow.alerts.money.AccountWeek;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.money.SwitchOff;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What an account and its experiments used up to one moment; read when it is asked for, and once: an account may have
 * thousands of experiments, each with a row a day.
 */
final class AccountReading {

    /** Of an account that has more, each of the others has less than a thousandth of what is used. */
    private static final int LARGEST = 1_000;

    /** Some seconds of reading: nothing else of the stage gets on meanwhile. */
    private static final int MOST = 5_000;

    private static final Comparator<Map.Entry<String, Sum>> LARGEST_FIRST = Comparator.comparingLong(
                    (Map.Entry<String, Sum> entry) -> entry.getValue().impressions)
            .reversed()
            .thenComparing(Map.Entry::getKey);

    private final String account;
    private final Stretch stretch;
    private final PlanHistory plans;
    private final UsageBook book;
    private final ScopeBook scopes;
    private final UnaryOperator<String> teams;
    private final Map<String, ExperimentUse> uses = new HashMap<>();
    private Map<String, Sum> sums;
    private AccountUse use;

    /** Roughly what an experiment used: what came after the moment may be in it. */
    private static final class Sum {
        private long impressions;
        private long leftover;

        void add(UsageTotal total) {
            total.getImpressions().forEach(more -> impressions += more);
            total.getLeftover().forEach(more -> leftover += more);
        }
    }

    AccountReading(
            String account,
            Stretch stretch,
            PlanHistory plans,
            UsageBook book,
            ScopeBook scopes,
            UnaryOperator<String> teams) {
        this.account = account;
        this.stretch = stretch;
        this.plans = plans;
        this.book = book;
        this.scopes = scopes;
        this.teams = teams;
    }

    /** Whether it is one of that account and moment, at those prices. */
    boolean isOf(String other, Stretch moment, PlanHistory prices) {
        return account.equals(other)
                && stretch.until().equals(moment.until())
                && stretch.pricing().month().equals(moment.pricing().month())
                && plans.fingerprint() == prices.fingerprint();
    }

    /** What the account used. */
    AccountUse account() {
        if (use == null) {
            var scope = ScopeBook.account(account);
            use = new AccountUse(scopes.usage(scope, stretch.pricing()), week(scope));
        }
        return use;
    }

    /** What was used in a scope of the {@link ScopeBook}. */
    SwitchOff.Part part(String scope) {
        var usage = scopes.usage(scope, stretch.pricing());
        return new SwitchOff.Part(
                usage.impressions(stretch.until()),
                usage.priced(stretch.until()),
                week(scope).impressions());
    }

    /** The experiments of a scope: those that used most of late, and those that may be leftovers, as many as can be read. */
    List<ExperimentUse> experiments(Predicate<ExperimentKey> isInScope) {
        var ofScope = sums().entrySet().stream()
                .filter(entry -> isInScope.test(ExperimentKey.parse(entry.getKey())))
                .sorted(LARGEST_FIRST)
                .toList();
        return IntStream.range(0, ofScope.size())
                .filter(i -> i < LARGEST || ofScope.get(i).getValue().leftover > 0)
                .limit(MOST)
                .mapToObj(i -> experiment(ExperimentKey.parse(ofScope.get(i).getKey())))
                .toList();
    }

    /** What one experiment used. */
    ExperimentUse experiment(ExperimentKey experiment) {
        return uses.computeIfAbsent(experiment.toString(), identity -> {
            var reader = new UseReader(stretch);
            book.forEachDay(
                    account, experiment, stretch.start(), stretch.until(), (day, usage) -> add(reader, day, usage));
            return reader.use(experiment, teams.apply(identity));
        });
    }

    private static void add(UseReader reader, Instant day, UsageDay usage) {
        for (int i = 0; i < Quarters.PER_DAY; i++) {
            long impressions = usage.getImpressions().get(i);
            if (impressions > 0) {
                reader.add(
                        day.plusMillis(i * Quarters.MILLIS),
                        impressions,
                        usage.getLeftover().get(i));
            }
        }
    }

    private AccountWeek week(String scope) {
        return AccountWeek.of(scopes.quarters(scope, stretch.weekAgo(), AccountWeek.quarters()), stretch.until());
    }

    private Map<String, Sum> sums() {
        if (sums == null) {
            sums = new TreeMap<>();
            var last = stretch.pricing().month();
            for (var month = plans.periodOf(stretch.start()).month();
                    !month.isAfter(last);
                    month = month.plusMonths(1)) {
                book.of(new PeriodKey(account, month))
                        .forEach((identity, total) -> sums.computeIfAbsent(identity, first -> new Sum())
                                .add(total));
            }
        }
        return sums;
    }
}
