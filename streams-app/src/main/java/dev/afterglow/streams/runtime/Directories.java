package dev.afterglow.streams.runtime;

import dev.afterglow.alerts.budget.BudgetRules;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.money.PriceSchedule;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.cost.Accounts;
import dev.afterglow.streams.directory.Directory;
import dev.afterglow.streams.directory.Entry;
import dev.afterglow.streams.directory.Versions;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.flow.Policies;
import dev.afterglow.streams.flow.TopicSerdes;
import dev.afterglow.streams.http.Configured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Policies, price plans, budgets and experiment definitions, known whole to every instance. */
final class Directories implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Directories.class);

    private final Directory<ProjectPolicy> projects;
    private final Directory<PricePlan> pricePlans;
    private final Directory<Budget> budgets;
    private final Directory<ExperimentDefinition> experiments;
    private final Versions<PricePlan, PlanHistory> plans;

    /** Starts to read them. */
    Directories(AppConfig config, TopicSerdes serdes, CompletableFuture<Throwable> failure) {
        var topics = config.topics();
        projects = directory(
                config, serdes, failure, topics.projects(), ProjectPolicy::getProject, PolicyHistory::problems);
        pricePlans =
                directory(config, serdes, failure, topics.pricePlans(), PricePlan::getAccount, PriceSchedule::problems);
        budgets = directory(config, serdes, failure, topics.budgets(), Budget::getBudgetId, BudgetRules::problems);
        experiments =
                directory(config, serdes, failure, topics.experiments(), Directories::identity, Definitions::problems);
        plans = new Versions<>(pricePlans, Directories::planHistory);
        projects.start();
        pricePlans.start();
        budgets.start();
        experiments.start();
    }

    /**
     * Waits until everything that was there at the start is known.
     *
     * @throws IllegalStateException when it takes longer than the timeout
     */
    void awaitReady(Duration timeout) throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        for (var directory : List.of(projects, pricePlans, budgets, experiments)) {
            if (!directory.awaitReady(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                throw new IllegalStateException("the configuration topics could not be read within " + timeout
                        + ": are the brokers and the schema registry up?");
            }
        }
    }

    Policies policies() {
        var histories = new Versions<>(projects, Directories::policyHistory);
        return new Policies() {
            @Override
            public PolicyHistory of(String project) {
                return histories.of(project);
            }

            @Override
            public int longestHorizonHours() {
                int standard =
                        PolicyHistory.empty("any").inForceAt(Instant.EPOCH).getDedupeHorizonHours();
                return projects.all().values().stream()
                        .flatMap(List::stream)
                        .mapToInt(version -> version.value().getDedupeHorizonHours())
                        .reduce(standard, Math::max);
            }

            @Override
            public long revision() {
                return projects.revision();
            }
        };
    }

    /** What an experiment is judged by. */
    Configured configured(ExperimentKey experiment) {
        var versions =
                experiments.of(experiment.toString()).stream().map(Entry::value).toList();
        return new Configured(
                Definitions.of(versions),
                policyHistory(experiment.project(), projects.of(experiment.project())),
                plans::of);
    }

    KnownExperiments knownExperiments() {
        return new KnownExperiments(experiments::of);
    }

    Accounts accounts() {
        var newest = new Versions<>(budgets, (account, none) -> AccountBudgets.of(account, budgets.all()));
        return new Accounts() {
            @Override
            public PlanHistory plans(String account) {
                return plans.of(account);
            }

            @Override
            public List<Budget> budgets(String account) {
                return newest.of(account);
            }

            @Override
            public long budgetsRevision() {
                return budgets.revision();
            }
        };
    }

    @Override
    public void close() {
        projects.close();
        pricePlans.close();
        budgets.close();
        experiments.close();
    }

    private static String identity(ExperimentDefinition definition) {
        return new ExperimentKey(definition.getProject(), definition.getEnvironment(), definition.getExperiment())
                .toString();
    }

    private static PolicyHistory policyHistory(String project, List<Entry<ProjectPolicy>> versions) {
        return PolicyHistory.of(
                project,
                versions.stream()
                        .map(version -> new PolicyVersion(version.value(), version.arrivedAt()))
                        .toList());
    }

    private static PlanHistory planHistory(String account, List<Entry<PricePlan>> versions) {
        var history = PlanHistory.of(versions.stream().map(Entry::value).toList());
        history.problems()
                .forEach(problem ->
                        LOGGER.atWarn().addKeyValue("account", account).log(problem));
        return history;
    }

    private static <V> Directory<V> directory(
            AppConfig config,
            TopicSerdes serdes,
            CompletableFuture<Throwable> failure,
            Topic<V> topic,
            Function<V, String> keyOf,
            Function<V, List<String>> problems) {
        return new Directory<>(
                topic, Clients.reader(config), serdes.of(topic).deserializer(), keyOf, problems, failure::complete);
    }
}
