package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.policy.Preset;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the presets against the documented rules of those after whom they are named, each written down here as it is there. */
class PresetTest {

    private static final Instant NOW = hourOnDay(40);

    private final Desk desk = new Desk();

    /** What the rules of others look at. All of them see the newest configuration; some see the traffic. */
    private record Facts(
            Instant now,
            Instant updatedAt,
            Instant servesOneSince,
            boolean isExperimentWithWinner,
            boolean isRunningExperiment,
            boolean archived,
            boolean defined,
            Instant evaluatedUntil) {

        private boolean isOlder(Instant since, int days) {
            return since != null && !now.isBefore(since.plus(Duration.ofDays(days)));
        }

        private boolean isEvaluatedWithin(int days) {
            return evaluatedUntil != null && evaluatedUntil.isAfter(now.minus(Duration.ofDays(days)));
        }
    }

    private static boolean isStale(Preset by, Facts facts) {
        if (!facts.defined || facts.archived) {
            return false;
        }
        return switch (by) {
            // More than 30 days at 100 %, counted from the last update; traffic is not looked at.
            case AMPLITUDE -> facts.servesOneSince != null && facts.isOlder(facts.updatedAt, 30);
            // Not updated for two weeks, one-sided, and not referred to by an experiment in the payload: one with a
            // released winner stays there.
            case GROWTHBOOK ->
                facts.servesOneSince != null && facts.isOlder(facts.updatedAt, 14) && !facts.isExperimentWithWinner;
            // Launched (evaluated, one variation, unchanged for 7 days) or inactive (not evaluated for 7 days). Stale
            // it is
            // called 30 days after it was made, if it is temporary: the cases here are 40 days old.
            case LAUNCHDARKLY ->
                facts.isEvaluatedWithin(7)
                        ? facts.isOlder(facts.servesOneSince, 7) && facts.isOlder(facts.updatedAt, 7)
                        : true;
            // Not tied to a running experiment, and one variant to all traffic for 30 days, no evaluation for 30 days,
            // or
            // no modification for 30 days.
            case DATADOG ->
                !facts.isRunningExperiment
                        && (!facts.isEvaluatedWithin(30)
                                || facts.isOlder(facts.servesOneSince, 30)
                                || facts.isOlder(facts.updatedAt, 30));
            // Released for 14 days, or not modified for 14 days.
            case DEVCYCLE -> facts.isOlder(facts.servesOneSince, 14) || facts.isOlder(facts.updatedAt, 14);
        };
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameAsTheDocumentedRuleOfWhatIsServedToEverybodyAndEvaluated(Preset preset) {
        // given a flag: none of them is in doubt about those
        desk.under(policy(preset::applyTo))
                .define(full(1, START, version -> version.setKind(ExperimentKind.FEATURE_FLAG)));
        desk.traffic.hourly(START, day(70), 5);

        for (var hour = hourOnDay(0); hour.isBefore(hourOnDay(65)); hour = UtcGrid.nextHour(hour)) {
            // when
            desk.judge(hour);

            // then
            var theirs = isStale(preset, new Facts(hour, START, START, false, false, false, true, hour));
            assertThat(!desk.alerts.isEmpty()).as("%s at %s", preset, hour).isEqualTo(theirs);
        }
        assertThat(desk.alerts).extracting(CleanupAlert::getStatus).startsWith(AlertStatus.OPEN);
    }

    @ParameterizedTest(name = "{0}: others {1}, Afterglow {2}")
    @CsvSource({
        "WINNER, AMPLITUDE LAUNCHDARKLY DATADOG DEVCYCLE, LEFTOVER_ROLLOUT",
        "EDITED, DATADOG DEVCYCLE, LEFTOVER_ROLLOUT",
        "UNUSED, AMPLITUDE LAUNCHDARKLY DATADOG DEVCYCLE, ''",
        "DECIDED, DEVCYCLE, DECIDED_BUT_RUNNING",
        "RUNNING, DEVCYCLE, ''",
        "ARCHIVED, '', ZOMBIE_TRAFFIC",
        "UNDEFINED, '', UNKNOWN_EXPERIMENT"
    })
    void catchesWhatTheyMissAndSaysNothingOfWhatCostsNothing(Case one, String others, String ours) {
        // given
        var facts = one.build(desk);

        // when
        for (var hour = hourOnDay(1); !hour.isAfter(NOW); hour = UtcGrid.nextHour(hour)) {
            desk.judge(hour);
        }

        // then
        assertThat(stale(facts)).isEqualTo(presets(others));
        assertThat(openKinds()).isEqualTo(ours.isEmpty() ? Set.of() : Set.of(ours));
    }

    @Test
    void knowsPresetsByTheNamesThatPeopleWrite() {
        assertThat(Preset.named("Amplitude")).contains(Preset.AMPLITUDE);
        assertThat(Preset.named("posthog")).isEmpty();
        assertThat(Preset.names()).isEqualTo("amplitude, growthbook, launchdarkly, datadog, devcycle");
    }

    private enum Case {
        WINNER,
        EDITED,
        UNUSED,
        DECIDED,
        RUNNING,
        ARCHIVED,
        UNDEFINED;

        Facts build(Desk desk) {
            var evaluatedUntil = this == UNUSED ? day(5) : NOW;
            desk.traffic.hourly(START, evaluatedUntil, 5);
            switch (this) {
                case WINNER, UNUSED -> desk.define(full(1, START));
                case EDITED -> desk.define(full(1, START), full(2, day(35)));
                case DECIDED ->
                    desk.define(Fixtures.definition(
                            1,
                            START,
                            version -> version.setDecision(Decision.ROLL_OUT).setWinner("green")));
                case RUNNING -> desk.define(split(1, START));
                case ARCHIVED ->
                    desk.define(
                            full(1, START.minusSeconds(60)),
                            full(2, START, version -> version.setState(ExperimentState.ARCHIVED)));
                default -> {
                    // Nobody defines it.
                }
            }
            return new Facts(
                    NOW,
                    this == EDITED ? day(35) : START,
                    this == WINNER || this == EDITED || this == UNUSED ? START : null,
                    this == WINNER || this == EDITED || this == UNUSED,
                    this == DECIDED || this == RUNNING,
                    this == ARCHIVED,
                    this != UNDEFINED,
                    evaluatedUntil);
        }
    }

    private static Set<Preset> stale(Facts facts) {
        return EnumSet.allOf(Preset.class).stream()
                .filter(preset -> isStale(preset, facts))
                .collect(Collectors.toSet());
    }

    private static Set<Preset> presets(String names) {
        return names.isEmpty()
                ? Set.of()
                : Set.of(names.split(" ")).stream().map(Preset::valueOf).collect(Collectors.toSet());
    }

    private Set<String> openKinds() {
        var open = new TreeSet<String>();
        desk.alerts.forEach(alert -> {
            if (alert.getStatus() == AlertStatus.RESOLVED) {
                open.remove(alert.getKind().name());
            } else {
                open.add(alert.getKind().name());
            }
        });
        return open;
    }
}
