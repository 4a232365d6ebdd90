package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.money.AccountBooks;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.PricePlans;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * How much accounts use, as every task of clean-up knows it: the traffic of all projects is sent to all of them, before
 * the watermark that lets a case be judged. It is added up when it is asked for first, and kept up from then on; who never
 * asks does not pay for it.
 */
final class AccountVolumes implements AccountBooks {

    private final TrafficBook traffic;
    private final Policies policies;
    private final PricePlans plans;
    private final KnownVolumes known;

    AccountVolumes(TrafficBook traffic, Policies policies, PricePlans plans, KnownVolumes known) {
        this.traffic = traffic;
        this.policies = policies;
        this.plans = plans;
        this.known = known;
    }

    /** Who pays for a project. */
    ProjectAccounts of(String project) {
        return new ProjectAccounts(policies.of(project), this);
    }

    /** Takes in what is in the book already. */
    void add(String project, Instant hour, long count) {
        known.under(policies.revision());
        if (known.knows(monthOf(hour))) {
            known.hours().add(of(project).at(hour), hour, count);
        }
    }

    @Override
    public PlanHistory plans(String account) {
        return plans.of(account);
    }

    @Override
    public long impressions(String account, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return 0;
        }
        learn(from, to);
        return known.hours().impressions(account, from, to);
    }

    @Override
    public Instant firstUse(String account, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return to;
        }
        learn(from, to);
        return known.hours().firstUse(account, from, to);
    }

    private void learn(Instant from, Instant to) {
        known.under(policies.revision());
        for (var month = monthOf(from); !month.isAfter(monthOf(to)); month = month.plusMonths(1)) {
            if (known.learn(month)) {
                traffic.forEachProjectHour(
                        start(month),
                        start(month.plusMonths(1)),
                        (project, hour, count) -> known.hours().add(of(project).at(hour), hour, count));
            }
        }
    }

    private static YearMonth monthOf(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
