package dev.afterglow.streams.floods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.contract.OperatorKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

class FloodGuardTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-04T00:00:00Z");
    private static final FloodLimits LIMITS = new FloodLimits(3, 2);

    private final TreeMap<String, byte[]> store = new TreeMap<>();
    private FloodGuard guard = new FloodGuard();
    private Instant now = NOON;

    @Test
    void admitsAsManyUnknownExperimentsAsTheLimitSays() {
        assertThat(List.of(unknown("a"), unknown("b"), unknown("c"), unknown("d"), unknown("a")))
                .containsExactly(true, true, true, false, true);
    }

    @Test
    void admitsNoUnknownExperimentAtALimitOfZero() {
        assertThat(admit("a", "blue", new FloodLimits(0, 2), false)).isFalse();
    }

    @Test
    void admitsEveryExperimentThatHasADefinition() {
        // given
        for (var experiment : List.of("a", "b", "c", "d")) {
            unknown(experiment);
        }

        // then
        assertThat(known("e")).isTrue();
        assertThat(known("d")).isTrue();
    }

    @Test
    void countsTheExperimentsOfEachProjectForThemselves() {
        // given
        for (var experiment : List.of("a", "b", "c", "d")) {
            unknown(experiment);
        }

        // then
        assertThat(admit(new ExperimentKey("blog", "production", "a"), "blue", LIMITS, false))
                .isTrue();
    }

    @Test
    void admitsAsManyVariantsOfAnExperimentAsTheLimitSays() {
        assertThat(List.of(
                        admit("a", "1", LIMITS, true),
                        admit("a", "2", LIMITS, true),
                        admit("a", "3", LIMITS, true),
                        admit("a", "2", LIMITS, true),
                        admit("b", "3", LIMITS, true)))
                .containsExactly(true, true, false, true, true);
    }

    @Test
    void knowsAnAdmittedNameTheQuickWayUntilMidnight() {
        // given
        unknown("a");
        for (var experiment : List.of("b", "c", "d")) {
            unknown(experiment);
        }

        // then
        assertThat(guard.isAdmitted(name(key("a"), "blue"), now.toEpochMilli())).isTrue();
        assertThat(guard.isAdmitted(name(key("d"), "blue"), now.toEpochMilli())).isFalse();
        assertThat(guard.isAdmitted(name(key("a"), "blue"), MIDNIGHT.toEpochMilli() - 1))
                .isTrue();
        assertThat(guard.isAdmitted(name(key("a"), "blue"), MIDNIGHT.toEpochMilli()))
                .isFalse();
    }

    @Test
    void startsTheLimitOfExperimentsAnewWithTheUtcDay() {
        // given
        for (var experiment : List.of("a", "b", "c", "d")) {
            unknown(experiment);
        }

        // when
        now = MIDNIGHT;

        // then
        assertThat(unknown("d")).isTrue();
    }

    @Test
    void remembersVariantsWhileTheExperimentIsSeenWithinAWeek() {
        // given
        admit("a", "1", LIMITS, true);
        admit("a", "2", LIMITS, true);

        // when
        now = now.plus(Duration.ofDays(6));
        admit("a", "1", LIMITS, true);
        now = now.plus(Duration.ofDays(6));

        // then
        assertThat(admit("a", "3", LIMITS, true)).isFalse();
    }

    @Test
    void forgetsVariantsOfAnExperimentNotSeenForAWeek() {
        // given
        admit("a", "1", LIMITS, true);
        admit("a", "2", LIMITS, true);

        // when
        now = now.plus(Duration.ofDays(7));

        // then
        assertThat(admit("a", "3", LIMITS, true)).isTrue();
    }

    @Test
    void opensOneAlertForTheProjectAndDay() {
        // given
        for (var experiment : List.of("a", "b", "c", "d", "e", "f")) {
            unknown(experiment);
        }

        // then
        assertThat(guard.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("flood-experiments/shop/2026-11-03");
            assertThat(alert.getKind()).isEqualTo(OperatorKind.FLOOD_EXPERIMENTS);
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.OPEN);
            assertThat(alert.getSubject()).isEqualTo("shop");
            assertThat(alert.getProject()).isEqualTo("shop");
            assertThat(alert.getOpenedAt()).isEqualTo(NOON);
            assertThat(alert.getSummary()).contains("more than 3").contains("unknownExperimentsPerDay");
        });
        assertThat(guard.alerts()).isEmpty();
    }

    @Test
    void opensOneAlertForTheExperimentWithTooManyVariants() {
        // given
        for (var variant : List.of("1", "2", "3", "4")) {
            admit("a/b", variant, LIMITS, true);
        }

        // then
        assertThat(guard.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("flood-variants/shop/production/a%2Fb/2026-11-03");
            assertThat(alert.getKind()).isEqualTo(OperatorKind.FLOOD_VARIANTS);
            assertThat(alert.getSubject()).isEqualTo("shop/production/a%2Fb");
        });
    }

    @Test
    void endsTheAlertWithTheDayAndSaysHowMuchWasLeftOut() {
        // given
        for (var experiment : List.of("a", "b", "c", "d", "e")) {
            unknown(experiment);
        }
        guard.alerts();

        // when
        guard.advance(MIDNIGHT.plusSeconds(5));

        // then
        assertThat(guard.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("flood-experiments/shop/2026-11-03");
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(alert.getResolution()).isEqualTo(Resolution.PERIOD_ENDED);
            assertThat(alert.getAt()).isEqualTo(MIDNIGHT);
            assertThat(alert.getOpenedAt()).isEqualTo(NOON);
            assertThat(alert.getEvidence()).containsEntry("excluded", "2").containsEntry("limit", "3");
        });
    }

    @Test
    void boundsItsMemoryWhenProjectsAreInventedToo() {
        // given
        guard = new FloodGuard(10);

        // when
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += admit(new ExperimentKey("p" + i, "production", "a"), "blue", LIMITS, false) ? 1 : 0;
        }

        // then: one alert for all of them
        assertThat(admitted).isEqualTo(10);
        assertThat(guard.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getProject()).isNull();
            assertThat(alert.getSubject()).isEqualTo("all projects");
        });
    }

    @Test
    void writesOnlyWhatHasChanged() {
        // given
        unknown("a");
        commit();

        // when: nothing new
        unknown("a");

        // then
        assertThat(guard.changes()).isEmpty();
        unknown("b");
        assertThat(guard.changes()).hasSize(2);
    }

    @Test
    void deletesTheDayThatIsOver() {
        // given
        for (var experiment : List.of("a", "b", "c", "d")) {
            unknown(experiment);
        }
        commit();

        // when
        guard.advance(MIDNIGHT);
        commit();
        guard.advance(MIDNIGHT.plus(Duration.ofDays(7)));
        commit();

        // then
        assertThat(store.keySet()).containsExactly("day");
    }

    @Test
    void decidesTheSameWhenItIsRestoredAfterAnyCommit() {
        long seed = 4711;
        var script = script(seed);
        var straight = run(script, -1);
        for (int restart = 0; restart < script.size(); restart += 17) {
            assertThat(run(script, restart))
                    .as("seed %d, restart after %d", seed, restart)
                    .isEqualTo(straight);
        }
    }

    @Test
    void refusesAStoreThatIsNotItsOwn() {
        assertThatThrownBy(() -> guard.restore(List.of(KeyValue.pair("z", new byte[8]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'z'");
    }

    private record Step(String experiment, String variant, boolean known, Instant at) {}

    private static List<Step> script(long seed) {
        var random = new Random(seed);
        var steps = new ArrayList<Step>();
        var at = NOON;
        for (int i = 0; i < 600; i++) {
            at = at.plus(Duration.ofMinutes(random.nextInt(40)));
            int experiment = random.nextInt(9);
            steps.add(new Step("e" + experiment, "v" + random.nextInt(4), experiment == 0, at));
        }
        return steps;
    }

    /** Answers and alerts, with the guard lost and restored after one of the steps. */
    private List<Object> run(List<Step> script, int restartAfter) {
        guard = new FloodGuard();
        store.clear();
        var seen = new ArrayList<Object>();
        for (int i = 0; i < script.size(); i++) {
            var step = script.get(i);
            now = step.at();
            seen.add(admit(step.experiment(), step.variant(), LIMITS, step.known()));
            if (i % 5 == 0 || i == restartAfter) {
                commit();
            }
            guard.alerts().stream().map(OperatorAlert::toString).forEach(seen::add);
            if (i == restartAfter) {
                guard = new FloodGuard();
                guard.restore(store.entrySet().stream()
                        .map(entry -> KeyValue.pair(entry.getKey(), entry.getValue()))
                        .toList());
            }
        }
        return seen;
    }

    private void commit() {
        guard.changes().forEach(change -> {
            if (change.value == null) {
                store.remove(change.key);
            } else {
                store.put(change.key, change.value);
            }
        });
    }

    private boolean unknown(String experiment) {
        return admit(experiment, "blue", LIMITS, false);
    }

    private boolean known(String experiment) {
        return admit(experiment, "blue", LIMITS, true);
    }

    private boolean admit(String experiment, String variant, FloodLimits limits, boolean known) {
        return admit(key(experiment), variant, limits, known);
    }

    /** As intake does it: the quick way first. */
    private boolean admit(ExperimentKey experiment, String variant, FloodLimits limits, boolean known) {
        long name = name(experiment, variant);
        return guard.isAdmitted(name, now.toEpochMilli())
                || guard.admit(name, hash(experiment), experiment, limits, () -> known, 1, now);
    }

    private static ExperimentKey key(String experiment) {
        return new ExperimentKey("shop", "production", experiment);
    }

    private static long name(ExperimentKey experiment, String variant) {
        return hash(experiment, variant);
    }

    private static long hash(Object... fields) {
        return new Random(Objects.hash(fields)).nextLong();
    }
}
