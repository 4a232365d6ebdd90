package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.cleanup.CaseHistory;
import dev.afterglow.alerts.cleanup.CaseReplay;
import dev.afterglow.alerts.cleanup.CountedTraffic;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Resolution;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people did about alerts comes out of a replay word for word as the topology told it. */
class ReplayedActionsTest {

    private static final Instant FROM = CleanupBench.NOON;
    private static final int DAYS = 20;
    private static final ProjectPolicy POLICY =
            FakePolicies.shop(1).setWarnAfterDays(2).setCriticalAfterDays(6).build();
    private static final Instant TO = FROM.plus(Duration.ofDays(DAYS));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void saysWhatTheTopologySaid(long seed) {
        // given
        var random = new Random(seed);
        var traffic = traffic(random);
        var actions = actions(random);

        // then
        assertThat(replayed(POLICY, traffic, actions)).isEqualTo(told(POLICY, traffic, actions));
    }

    @Test
    void isPutToTheTestByActionsThatWereTaken() {
        // given
        var seen = LongStream.rangeClosed(1, 12)
                .mapToObj(Random::new)
                .flatMap(random -> replayed(POLICY, traffic(random), actions(random)).stream())
                .toList();

        // then
        assertThat(seen.stream().map(CleanupAlert::getStatus)).contains(AlertStatus.SNOOZED, AlertStatus.ESCALATED);
        assertThat(seen.stream().map(CleanupAlert::getAcknowledgedBy)).contains("ada");
        assertThat(seen.stream().map(CleanupAlert::getResolution)).contains(Resolution.EXEMPTED);
    }

    private static List<CleanupAlert> told(
            ProjectPolicy policy, TreeMap<Instant, Long> traffic, List<AlertAction> actions) {
        try (var cleanup = new CleanupBench()) {
            cleanup.policies.add(ProjectPolicy.newBuilder(policy));
            cleanup.define(Experiments.full(1, FROM));
            actions.forEach(action ->
                    cleanup.driver.pipe(cleanup.topics.alertActions(), Experiments.CHECKOUT.toString(), action));
            traffic.forEach(cleanup::traffic);
            cleanup.judgedUpTo(TO);
            return cleanup.alerts();
        }
    }

    private static List<CleanupAlert> replayed(
            ProjectPolicy policy, TreeMap<Instant, Long> traffic, List<AlertAction> actions) {
        var counted = CountedTraffic.of(traffic.entrySet().stream()
                .map(quarter -> count(quarter.getKey(), quarter.getValue()))
                .toList());
        var project = new TreeMap<Instant, Long>();
        traffic.forEach((quarter, count) -> project.merge(Quarters.hourOf(quarter), count, Long::sum));
        var history = new CaseHistory(
                Experiments.CHECKOUT,
                Definitions.of(List.of(Experiments.full(1, FROM).build())),
                counted.within(project::subMap),
                counted.hourEnds(),
                actions);
        var policies = PolicyHistory.of("shop", List.of(new PolicyVersion(policy, Instant.EPOCH)));
        return CaseReplay.messages(
                history, policies, new Frontier(TO.plus(CleanupBench.SETTLE), CleanupBench.SETTLE).limit());
    }

    private static TreeMap<Instant, Long> traffic(Random random) {
        var traffic = new TreeMap<Instant, Long>();
        for (var quarter = FROM; quarter.isBefore(TO); quarter = quarter.plusSeconds(900)) {
            if (random.nextInt(8) == 0) {
                traffic.put(quarter, 1L + random.nextInt(9));
            }
        }
        return traffic;
    }

    private static List<AlertAction> actions(Random random) {
        var actions = new ArrayList<AlertAction>();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            var at = FROM.plusSeconds(random.nextInt(DAYS * 86_400));
            var kind = List.of(ActionKind.ACKNOWLEDGE, ActionKind.SNOOZE, ActionKind.SNOOZE, ActionKind.PERMANENT)
                    .get(random.nextInt(left == 1 ? 4 : 3));
            actions.add(AlertAction.newBuilder()
                    .setAlertId("LEFTOVER_ROLLOUT/" + Experiments.CHECKOUT + "/-/1")
                    .setSubject(Experiments.CHECKOUT.toString())
                    .setAction(kind)
                    .setAt(at)
                    .setBy("ada")
                    .setSnoozeUntil(kind == ActionKind.SNOOZE ? at.plusSeconds(1 + random.nextInt(300_000)) : null)
                    .build());
        }
        return actions;
    }

    private static ImpressionCount count(Instant quarter, long count) {
        var quarters = new ArrayList<>(List.of(0L, 0L, 0L, 0L));
        quarters.set(Quarters.inHour(quarter), count);
        return ImpressionCount.newBuilder()
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("checkout")
                .setVariant("green")
                .setHour(Quarters.hourOf(quarter))
                .setQuarters(quarters)
                .setCount(count)
                .setPolicy(CountingPolicy.EVALUATION)
                .setRevision(1)
                .build();
    }
}
