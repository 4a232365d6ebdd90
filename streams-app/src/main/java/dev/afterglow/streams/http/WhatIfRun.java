package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.CaseHistory;
import dev.afterglow.alerts.cleanup.CountedTraffic;
import dev.afterglow.alerts.cleanup.ProjectFlow;
import dev.afterglow.alerts.money.AccountBooks;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.alerts.whatif.Answer;
import dev.afterglow.alerts.whatif.PolicyChange;
import dev.afterglow.alerts.whatif.WhatIf;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.PricePlans;
import dev.afterglow.streams.readmodel.ReadModelView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the history of one experiment after the other and has it replayed. Each is looked at in a view of its own: one
 * that is held for minutes would keep what the read model is to forget, and the instance from stopping.
 */
final class WhatIfRun {

    private static final Comparator<ProjectPolicy> BY_FORCE =
            Comparator.comparing(ProjectPolicy::getEffectiveFrom).thenComparingLong(ProjectPolicy::getVersion);

    private final HttpSources sources;
    private final Instant until;
    private final WhatIf whatIf;
    private final List<String> notes = new ArrayList<>();
    private AccountBooks books;

    /**
     * @param most how many differences are listed
     * @throws ApiException while it is not known up to when cases have been judged
     */
    WhatIfRun(HttpSources sources, int most) {
        this.sources = sources;
        until = sources.judgedUpTo()
                .get()
                .orElseThrow(() -> ApiException.unavailable(
                        "it is not known yet how far the flow has come", "ask again when /api/v1/status says so"));
        whatIf = new WhatIf(until, most);
    }

    /** @param policies of several of one project the one that is in force last is tried */
    Answer answer(Collection<ProjectPolicy> policies) {
        var last = new TreeMap<String, ProjectPolicy>();
        policies.forEach(policy -> last.merge(policy.getProject(), policy, BinaryOperator.maxBy(BY_FORCE)));
        last.values().forEach(this::replay);
        return whatIf.answer(notes);
    }

    private void replay(ProjectPolicy policy) {
        var experiments = read(view -> view.experiments(policy.getProject()));
        if (experiments.isEmpty()) {
            notes.add("Project '" + policy.getProject() + "' has no traffic in the history kept: nothing is replayed.");
            return;
        }
        var inForce = configured(experiments.get(0)).policies().inForceAt(until);
        notes.addAll(PolicyChange.notes(inForce, policy));
        var changed = WhatIf.allAlong(policy);
        var environments = projectHours(experiments);
        var accounts = accounts(configured(experiments.get(0)), policy);
        for (var experiment : experiments) {
            var configured = configured(experiment);
            var project = environments.get(experiment.environment());
            whatIf.add(history(experiment, configured, project::subMap, accounts), configured.policies(), changed);
        }
    }

    /** Impressions by the hour of each environment, since an alert ends on silence only while the others flow. */
    private Map<String, TreeMap<Instant, Long>> projectHours(List<ExperimentKey> experiments) {
        var environments = new HashMap<String, TreeMap<Instant, Long>>();
        for (var experiment : experiments) {
            var hours = environments.computeIfAbsent(experiment.environment(), first -> new TreeMap<>());
            read(view -> view.hours(experiment))
                    .forEach(hour -> hours.merge(hour.getHour(), hour.getCount(), Math::addExact));
        }
        return environments;
    }

    /** Nobody has to pay where no cost makes an alert critical: adding up all that accounts use takes time. */
    private ProjectAccounts accounts(Configured configured, ProjectPolicy changed) {
        var versions = configured.policies().versions().stream().map(PolicyVersion::policy);
        var isAsked = Stream.concat(versions, Stream.of(changed))
                .anyMatch(version -> version.getCriticalCostMicros() != null);
        return isAsked ? new ProjectAccounts(configured.policies(), books(configured.plans())) : ProjectAccounts.NONE;
    }

    private AccountBooks books(PricePlans plans) {
        books = books == null ? new ReplayedBooks(sources.view(), this::configured, plans) : books;
        return books;
    }

    private CaseHistory history(
            ExperimentKey experiment, Configured configured, ProjectFlow.Hours project, ProjectAccounts accounts) {
        return read(view -> {
            var traffic = CountedTraffic.of(view.hours(experiment));
            return new CaseHistory(
                    experiment,
                    configured.definitions(),
                    traffic.within(project, accounts),
                    traffic.hourEnds(),
                    view.actions(experiment.toString()));
        });
    }

    private Configured configured(ExperimentKey experiment) {
        return sources.configured().apply(experiment).orElseThrow(ExplainPage::unread);
    }

    private <T> T read(Function<ReadModelView, T> question) {
        try (var view = sources.view().get()) {
            return question.apply(view);
        }
    }
}
