package dev.afterglow.streams.http;

import dev.afterglow.alerts.money.AccountBooks;
import dev.afterglow.alerts.money.AccountHours;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.PricePlans;
import dev.afterglow.streams.readmodel.ReadModelView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How much accounts used hour by hour, by the counts that are kept of all experiments of all projects. They are read when
 * they are asked for first: who asks for no cost does not wait for it.
 */
final class ReplayedBooks implements AccountBooks {

    private final Supplier<ReadModelView> views;
    private final Function<ExperimentKey, Configured> configured;
    private final PricePlans plans;
    private AccountHours hours;

    /**
     * @param views each experiment is read in one of its own
     * @param configured what an experiment is judged by
     */
    ReplayedBooks(Supplier<ReadModelView> views, Function<ExperimentKey, Configured> configured, PricePlans plans) {
        this.views = views;
        this.configured = configured;
        this.plans = plans;
    }

    @Override
    public PlanHistory plans(String account) {
        return plans.of(account);
    }

    @Override
    public long impressions(String account, Instant from, Instant to) {
        if (hours == null) {
            hours = read();
        }
        return hours.impressions(account, from, to);
    }

    private AccountHours read() {
        var read = new AccountHours();
        var projects = new HashMap<String, ProjectAccounts>();
        for (var identity : experiments()) {
            var experiment = ExperimentKey.parse(identity);
            var accounts = projects.computeIfAbsent(
                    experiment.project(),
                    project -> new ProjectAccounts(configured.apply(experiment).policies(), this));
            try (var view = views.get()) {
                view.hours(experiment)
                        .forEach(hour -> read.add(accounts.at(hour.getHour()), hour.getHour(), hour.getCount()));
            }
        }
        return read;
    }

    private List<String> experiments() {
        try (var view = views.get()) {
            return List.copyOf(view.impressionsByExperiment().keySet());
        }
    }
}
