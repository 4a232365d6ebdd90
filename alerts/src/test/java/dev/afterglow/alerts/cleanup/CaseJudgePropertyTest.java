package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupEvidence;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.CaseFile;
import dev.afterglow.state.RunEnding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every history: each is drawn from the seed in the name of its test. */
class CaseJudgePropertyTest {

    private static final int HISTORIES = 160;

    static LongStream seeds() {
        return LongStream.range(0, HISTORIES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesTheSameMessagesHoweverOftenItIsJudged(long seed) {
        var history = new RandomHistory(seed);

        var atEveryHour = judge(history, everyHour(history));
        var atDueTimesAndNews = judge(history, history.news());
        var more = everyHour(history);
        for (var extra = 0; extra < 100; extra++) {
            more.add(RandomHistory.FROM.plusSeconds(history.random.nextInt(20 * 86_400)));
        }
        history.policies
                .versions()
                .forEach(version -> more.add(version.policy().getEffectiveFrom().plusSeconds(1)));

        assertThat(atDueTimesAndNews).isEqualTo(atEveryHour);
        assertThat(judge(history, more)).isEqualTo(atEveryHour);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tellsTheSameEndsHoweverOftenItIsJudged(long seed) {
        var history = new RandomHistory(seed);

        assertThat(endings(history, history.news())).isEqualTo(endings(history, everyHour(history)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tellsOfNoEndWhileAnAlertIsOpenAndOfEachOnce(long seed) {
        var history = new RandomHistory(seed);
        var told = new HashMap<String, RunEnding>();

        for (var verdict : verdicts(history, history.news())) {
            for (var ending : verdict.endings()) {
                var run = ending.run().getRun();
                if (ending.takenBack()) {
                    assertThat(told.remove(run)).isEqualTo(ending.run());
                } else {
                    assertThat(told.put(run, ending.run())).isNotEqualTo(ending.run());
                }
            }
            for (var machine : verdict.next().getMachines()) {
                if (Machines.isOpen(machine)
                        && !List.of("ROLLOUT_MISMATCH", "UNKNOWN_EXPERIMENT").contains(machine.getKind())) {
                    assertThat(told).doesNotContainKey(machine.getRun());
                }
            }
        }
    }

    @Test
    void isPutToTheTestByEndsOfAllKinds() {
        var all = seeds().mapToObj(RandomHistory::new)
                .flatMap(history -> endings(history, history.news()).stream())
                .toList();

        assertThat(all).anyMatch(Verdict.Ending::takenBack);
        assertThat(all).anyMatch(ending -> ending.run().getMeasured());
        assertThat(all).anyMatch(ending -> ending.run().getKeyLearning() != null);
        assertThat(all)
                .extracting(ending -> ending.run().getResolution())
                .contains(
                        Resolution.ARCHIVED,
                        Resolution.DEACTIVATED,
                        Resolution.TRAFFIC_STOPPED,
                        Resolution.CONVERTED_TO_FLAG,
                        Resolution.NEW_RUN);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sendsOneMessagePerTransitionInOrder(long seed) {
        var history = new RandomHistory(seed);
        var open = new HashMap<String, AlertStatus>();
        var episodes = new HashMap<String, Integer>();
        var messages = new HashMap<String, Integer>();

        for (var alert : judge(history, history.news())) {
            var before = open.get(alert.getAlertId());
            switch (alert.getStatus()) {
                case OPEN -> assertThat(before).isIn(allowed(history, alert, null, AlertStatus.SNOOZED));
                case ESCALATED ->
                    assertThat(before).isIn(allowed(history, alert, null, AlertStatus.OPEN, AlertStatus.SNOOZED));
                case SNOOZED -> {
                    assertThat(before).isIn(AlertStatus.OPEN, AlertStatus.ESCALATED, AlertStatus.SNOOZED);
                    assertThat(isActedOn(history, alert)).isTrue();
                    assertThat(alert.getSnoozedUntil()).isAfter(alert.getAt());
                }
                case RESOLVED -> assertThat(before).isNotIn(null, AlertStatus.RESOLVED);
                default -> throw new AssertionError("published " + alert.getStatus());
            }
            assertThat(alert.getSequence()).isEqualTo(messages.merge(alert.getAlertId(), 1, Integer::sum));
            open.put(alert.getAlertId(), alert.getStatus());
            if (before == null) {
                var series = alert.getKind() + "/" + alert.getRun();
                assertThat(alert.getEpisode()).isEqualTo(episodes.merge(series, 1, Integer::sum));
                assertThat(alert.getOpenedAt()).isEqualTo(alert.getAt());
            }
            assertThat(alert.getResolution() != null).isEqualTo(alert.getStatus() == AlertStatus.RESOLVED);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void alertsOnNothingWithoutEvidence(long seed) {
        var history = new RandomHistory(seed);

        var snoozed = new HashSet<String>();
        for (var alert : judge(history, history.news())) {
            var evidence = alert.getEvidence();
            var policy = history.policies.inForceAt(UtcGrid.floorHour(alert.getAt()));
            assertThat(evidence.getImpressionsLastDay()).isBetween(0L, evidence.getImpressionsSince());
            if (alert.getStatus() == AlertStatus.RESOLVED) {
                assertResolvedForAReason(history, alert);
                continue;
            }
            assertThat(isActedOn(history, alert) || UtcGrid.isHour(alert.getAt()))
                    .isTrue();
            assertThat(evidence.getImpressionsLastDay())
                    .isGreaterThanOrEqualTo(
                            alert.getAt().equals(alert.getOpenedAt()) ? policy.getMinimumImpressions() : 0);
            if (alert.getKind() == CleanupKind.UNKNOWN_EXPERIMENT) {
                assertThat(history.definitions.phaseAt(alert.getAt())).isEmpty();
                continue;
            }
            var phase = history.definitions.phaseAt(alert.getAt()).orElseThrow();
            assertThat(Exemption.of(phase.definition(), policy)).isEqualTo(Exemption.NONE);
            if (alert.getKind() == CleanupKind.LEFTOVER_ROLLOUT || alert.getKind() == CleanupKind.DECIDED_BUT_RUNNING) {
                assertCalledFor(alert, phase);
                assertThat(alert.getAt()).isAfterOrEqualTo(evidence.getSince());
                if (isActedOn(history, alert) || snoozed.remove(alert.getAlertId())) {
                    if (alert.getStatus() == AlertStatus.SNOOZED) {
                        snoozed.add(alert.getAlertId());
                    }
                } else if (alert.getStatus() == AlertStatus.ESCALATED) {
                    assertThat(evidence.getDays() >= policy.getCriticalAfterDays() || isTooDear(evidence, policy))
                            .isTrue();
                } else {
                    assertThat(evidence.getDays()).isGreaterThanOrEqualTo(policy.getWarnAfterDays());
                }
            } else {
                assertThat(phase.retired()).isEqualTo(alert.getKind() == CleanupKind.ZOMBIE_TRAFFIC);
            }
        }
    }

    private static boolean isTooDear(CleanupEvidence evidence, ProjectPolicy policy) {
        return policy.getCriticalCostMicros() != null
                && evidence.getCostSinceMicros() != null
                && evidence.getCostSinceMicros() >= policy.getCriticalCostMicros();
    }

    @Test
    void isPutToTheTestByCostThatMakesCritical() {
        long byCost = seeds().mapToObj(RandomHistory::new)
                .flatMap(history -> judge(history, history.news()).stream()
                        .filter(alert -> alert.getStatus() == AlertStatus.ESCALATED)
                        .filter(alert -> {
                            var policy = history.policies.inForceAt(UtcGrid.floorHour(alert.getAt()));
                            return isTooDear(alert.getEvidence(), policy)
                                    && alert.getEvidence().getDays() < policy.getCriticalAfterDays();
                        }))
                .count();

        assertThat(byCost).isGreaterThan(10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void judgesTheSameInstantTwiceToNoEffect(long seed) {
        var history = new RandomHistory(seed);
        var file = noted(history);

        for (var at : everyHour(history)) {
            var once = judge(history, file, at);
            var twice = judge(history, once.next(), at);
            assertThat(twice.alerts()).as("at %s", at).isEmpty();
            assertThat(twice.next()).isEqualTo(once.next());
            file = once.next();
        }
    }

    @Test
    void isPutToTheTestByHistoriesThatGoThroughEveryTransition() {
        var seen = new EnumMap<Resolution, Integer>(Resolution.class);
        var statuses = new EnumMap<AlertStatus, Integer>(AlertStatus.class);
        seeds().forEach(seed -> {
            var history = new RandomHistory(seed);
            for (var alert : judge(history, history.news())) {
                statuses.merge(alert.getStatus(), 1, Integer::sum);
                if (alert.getResolution() != null) {
                    seen.merge(alert.getResolution(), 1, Integer::sum);
                }
            }
        });

        assertThat(statuses)
                .containsOnlyKeys(AlertStatus.OPEN, AlertStatus.ESCALATED, AlertStatus.SNOOZED, AlertStatus.RESOLVED);
        assertThat(seen)
                .containsOnlyKeys(
                        Resolution.DEACTIVATED,
                        Resolution.ARCHIVED,
                        Resolution.ALLOCATION_CHANGED,
                        Resolution.TRAFFIC_STOPPED,
                        Resolution.CONVERTED_TO_FLAG,
                        Resolution.NEW_RUN,
                        Resolution.REACTIVATED,
                        Resolution.EXEMPTED,
                        Resolution.SUPERSEDED,
                        Resolution.DEFINED,
                        Resolution.PERIOD_ENDED,
                        Resolution.AGREED);
    }

    /** The states before, and that of the alert itself where somebody acted on it just then. */
    private static Set<AlertStatus> allowed(RandomHistory history, CleanupAlert alert, AlertStatus... before) {
        var allowed = new HashSet<>(Arrays.asList(before));
        if (isActedOn(history, alert)) {
            allowed.add(alert.getStatus());
        }
        return allowed;
    }

    private static boolean isActedOn(RandomHistory history, CleanupAlert alert) {
        return history.actions.stream()
                .anyMatch(action -> action.getAt().equals(alert.getAt())
                        && action.getAlertId().equals(alert.getAlertId()));
    }

    private static void assertCalledFor(CleanupAlert alert, Phase phase) {
        if (alert.getKind() == CleanupKind.LEFTOVER_ROLLOUT) {
            assertThat(phase.allocation().variant())
                    .isNotNull()
                    .isEqualTo(alert.getEvidence().getVariant());
        } else {
            assertThat(phase.definition().getDecision()).isIn(Decision.ROLL_OUT, Decision.ROLL_BACK);
            assertThat(phase.allocation().isLive()).isTrue();
            assertThat(phase.allocation().isFull()).isFalse();
        }
    }

    private static void assertResolvedForAReason(RandomHistory history, CleanupAlert alert) {
        if (alert.getResolution() == Resolution.TRAFFIC_STOPPED) {
            var at = alert.getAt();
            assertThat(history.traffic.impressions(at.minus(Duration.ofDays(1)), at))
                    .isZero();
            assertThat(history.traffic.projectFlows(at)).isTrue();
        } else if (alert.getResolution() == Resolution.NEW_RUN) {
            assertThat(history.definitions
                            .inForceAt(alert.getAt())
                            .orElseThrow()
                            .getRun())
                    .isNotEqualTo(alert.getRun());
        }
    }

    private static List<CleanupAlert> judge(RandomHistory history, TreeSet<Instant> instants) {
        return verdicts(history, instants).stream()
                .flatMap(verdict -> verdict.alerts().stream())
                .toList();
    }

    private static List<Verdict.Ending> endings(RandomHistory history, TreeSet<Instant> instants) {
        return verdicts(history, instants).stream()
                .flatMap(verdict -> verdict.endings().stream())
                .toList();
    }

    /** Judges at the instants given and whenever the case is due. */
    private static List<Verdict> verdicts(RandomHistory history, TreeSet<Instant> instants) {
        var verdicts = new ArrayList<Verdict>();
        var agenda = new TreeSet<>(instants);
        var file = noted(history);
        for (var at = agenda.pollFirst(); at != null && at.isBefore(RandomHistory.TO); at = agenda.pollFirst()) {
            var verdict = judge(history, file, at);
            file = verdict.next();
            verdicts.add(verdict);
            if (file.getDueAt() != null) {
                assertThat(file.getDueAt()).as("due after it was judged").isAfter(at);
                agenda.add(file.getDueAt());
            }
        }
        return verdicts;
    }

    private static CaseFile noted(RandomHistory history) {
        CaseFile file = null;
        for (var action : history.actions) {
            file = Fixtures.note(file, action);
        }
        return file;
    }

    private static Verdict judge(RandomHistory history, CaseFile file, Instant at) {
        return CaseJudge.judge(file, Fixtures.KEY, history.definitions, history.policies, history.traffic, at);
    }

    /** Every full hour, and every definition at its time. */
    private static TreeSet<Instant> everyHour(RandomHistory history) {
        var instants = history.news();
        for (var hour = RandomHistory.FROM; hour.isBefore(RandomHistory.TO); hour = UtcGrid.nextHour(hour)) {
            instants.add(hour);
        }
        return instants;
    }
}
