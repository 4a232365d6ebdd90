package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.state.CaseFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps one case the way a caller does. */
final class Desk {

    /** Twice an hour of some months. */
    private static final int MOST_JUDGED = 5_000;

    Definitions definitions = Definitions.empty();
    PolicyHistory policies = Fixtures.defaults();
    final TrafficLog traffic = new TrafficLog();
    final List<CleanupAlert> alerts = new ArrayList<>();
    final List<Verdict.Ending> endings = new ArrayList<>();
    CaseFile file;

    Desk define(ExperimentDefinition... versions) {
        for (var version : versions) {
            definitions = definitions.with(version);
        }
        return this;
    }

    Desk under(PolicyHistory history) {
        policies = history;
        return this;
    }

    void act(AlertAction action) {
        file = Fixtures.note(file, action);
    }

    List<CleanupAlert> judge(Instant at) {
        return verdict(at).alerts();
    }

    Verdict verdict(Instant at) {
        var verdict = CaseJudge.judge(file, Fixtures.KEY, definitions, policies, traffic, at);
        file = verdict.next();
        alerts.addAll(verdict.alerts());
        endings.addAll(verdict.endings());
        return verdict;
    }

    /** Judges at due times only; other news is left to the test. */
    Desk followDueTimes(Instant until) {
        for (int i = 0; file.getDueAt() != null && !file.getDueAt().isAfter(until); i++) {
            assertThat(i).as("times judged").isLessThan(MOST_JUDGED);
            judge(file.getDueAt());
        }
        return this;
    }

    /** A leftover since the start, with impressions up to 09:15 of the last day given, is told of on day 14. */
    Desk openLeftover(long lastDay) {
        define(Fixtures.full(1, Fixtures.START)).traffic.hourly(Fixtures.START, Fixtures.day(lastDay), 5);
        judge(Fixtures.hourOnDay(14));
        assertThat(alerts).extracting(Desk::brief).containsExactly("LEFTOVER_ROLLOUT OPEN");
        return this;
    }

    /** Archives the experiment, by version 2 of its definition. */
    void archive(Instant at) {
        define(Fixtures.inState(2, at, ExperimentState.ARCHIVED)).judge(at);
    }

    CleanupAlert last() {
        return alerts.get(alerts.size() - 1);
    }

    List<AlertStatus> statuses() {
        return alerts.stream().map(CleanupAlert::getStatus).toList();
    }

    /** What happened, in short: kind, status and reason. */
    static String brief(CleanupAlert alert) {
        return alert.getKind() + " " + alert.getStatus()
                + (alert.getResolution() == null ? "" : " " + alert.getResolution());
    }
}
