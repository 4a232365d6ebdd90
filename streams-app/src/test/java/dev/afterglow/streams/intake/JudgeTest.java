package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.dedupe.Sighting;
import dev.afterglow.streams.floods.FloodGuard;
import dev.afterglow.streams.floods.KnownExperiments;
import dev.afterglow.streams.intake.Outcome.Counted;
import dev.afterglow.streams.intake.Outcome.Duplicate;
import dev.afterglow.streams.intake.Outcome.Excluded;
import dev.afterglow.streams.intake.Outcome.ExclusionReason;
import dev.afterglow.streams.intake.Outcome.Rejected;
import dev.afterglow.streams.reading.EventView;
import dev.afterglow.streams.testkit.Events;
import dev.afterglow.streams.testkit.FakePolicies;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Duration DAYS_62 = Duration.ofDays(62);

    private final FakePolicies policies = new FakePolicies();
    private final Map<Long, Integer> ids = new HashMap<>();
    private final Judge judge = new Judge(
            IntakeLimits.DEFAULTS,
            policies,
            new KnownExperiments(identity -> List.of()),
            this::see,
            seen(Duration.ofDays(63)),
            new FloodGuard());
    private final EventView view = new EventView();

    @Test
    void countsAnEventOfAProjectWithoutPolicy() {
        assertJudged(Events.event("1", NOON)).isEqualTo(new Counted(CountingPolicy.EVALUATION));
    }

    @Test
    void countsTheSameIdOnce() {
        // given
        judge(Events.event("1", NOON));

        // then
        assertJudged(Events.event("1", NOON)).isEqualTo(new Duplicate(false));
    }

    @Test
    void callsTheSameIdWithOtherContentsAConflict() {
        // given
        judge(Events.event("1", NOON));

        // then
        assertJudged(Events.event("1", NOON).setVariant("green")).isEqualTo(new Duplicate(true));
    }

    @Test
    void rejectsAnInvalidEventAndForgetsItsId() {
        // given
        assertRejected(Events.event("1", NOON).setVariant(""), DeadLetterReason.INVALID);

        // then the sender may mend it under the same id
        assertJudged(Events.event("1", NOON)).isInstanceOf(Counted.class);
    }

    @Test
    void rejectsAnEventDatedMoreThanTheToleranceAfterItsArrival() {
        assertJudged(Events.event("1", NOON.plus(Duration.ofMinutes(10)))).isInstanceOf(Counted.class);
        assertRejected(Events.event("2", NOON.plus(Duration.ofMinutes(10)).plusMillis(1)), DeadLetterReason.FUTURE);
    }

    @Test
    void rejectsAnEventBeyondTheLimitOfLatenessUnlessItIsBackfill() {
        assertJudged(Events.event("1", NOON.minus(DAYS_62))).isInstanceOf(Counted.class);
        assertRejected(Events.event("2", NOON.minus(DAYS_62).minusMillis(1)), DeadLetterReason.TOO_LATE);
        assertJudged(Events.event("3", NOON.minus(DAYS_62).minusMillis(1)).setBackfill(true))
                .isInstanceOf(Counted.class);
    }

    @Test
    void rejectsABackfilledEventOfTheFuture() {
        assertRejected(Events.event("1", NOON.plus(Duration.ofHours(1))).setBackfill(true), DeadLetterReason.FUTURE);
    }

    @Test
    void excludesAnEnvironmentThatDoesNotCount() {
        // given
        policies.add(FakePolicies.shop(1).setCountedEnvironments(List.of("production")));

        // then
        assertJudged(Events.event("1", NOON)).isInstanceOf(Counted.class);
        assertJudged(Events.event("2", NOON).setEnvironment("staging"))
                .isEqualTo(new Excluded(ExclusionReason.ENVIRONMENT));
    }

    @Test
    void countsAPageViewOnceForEachUnitAndVariant() {
        // given
        policies.add(FakePolicies.shop(1).setCountingPolicy(CountingPolicy.PAGE_IMPRESSION));

        // then
        assertCounted(Events.event("1", NOON).setPageView("p1"));
        assertRepeat(Events.event("2", NOON.plusSeconds(1)).setPageView("p1"));
        assertCounted(Events.event("3", NOON).setPageView("p2"));
        assertCounted(Events.event("4", NOON).setPageView("p1").setVariant("green"));
        assertCounted(Events.event("5", NOON).setPageView("p1").setUnit("unit-2"));
        assertCounted(Events.event("6", NOON).setPageView("p1").setExperiment("other"));
    }

    @Test
    void countsASessionOnceForEachUnitAndVariant() {
        // given
        policies.add(FakePolicies.shop(1).setCountingPolicy(CountingPolicy.SESSION_EXPOSURE));

        // then
        assertCounted(Events.event("1", NOON).setSession("s1").setPageView("p1"));
        assertRepeat(Events.event("2", NOON).setSession("s1").setPageView("p2"));
        assertCounted(Events.event("3", NOON).setSession("s2"));
        assertCounted(Events.event("4", NOON).setSession("s1").setVariant("green"));
    }

    @Test
    void countsAUnitOnceADayByWhenItHappened() {
        // given
        policies.add(FakePolicies.shop(1).setCountingPolicy(CountingPolicy.DAILY_UNIQUE));
        var midnight = Instant.parse("2026-11-03T00:00:00Z");

        // then
        assertCounted(Events.event("1", midnight));
        assertRepeat(Events.event("2", NOON));
        assertRepeat(Events.event("3", NOON).setVariant("green"));
        assertCounted(Events.event("4", midnight.minusMillis(1)));
        assertCounted(Events.event("5", NOON).setUnit("unit-2"));
    }

    @Test
    void rejectsWhatLacksTheFieldThatThePolicyCountsBy() {
        // given
        policies.add(FakePolicies.shop(1).setCountingPolicy(CountingPolicy.PAGE_IMPRESSION));

        // then
        var rejected = (Rejected) judge(Events.event("1", NOON).setSession("s1"));
        assertThat(rejected.reason()).isEqualTo(DeadLetterReason.INVALID);
        assertThat(rejected.detail()).contains("PAGE_IMPRESSION").contains("pageView");
    }

    @Test
    void doesNotLetAnExcludedEnvironmentUseUpAPageView() {
        // given
        policies.add(FakePolicies.shop(1)
                .setCountingPolicy(CountingPolicy.DAILY_UNIQUE)
                .setCountedEnvironments(List.of("production")));
        judge(Events.event("1", NOON).setEnvironment("staging"));

        // then
        assertCounted(Events.event("2", NOON));
    }

    private void assertCounted(EvaluationEvent.Builder event) {
        assertJudged(event).isInstanceOf(Counted.class);
    }

    private void assertRepeat(EvaluationEvent.Builder event) {
        assertJudged(event).isEqualTo(new Excluded(ExclusionReason.REPEAT));
    }

    private void assertRejected(EvaluationEvent.Builder event, DeadLetterReason reason) {
        assertJudged(event)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private ObjectAssert<Outcome> assertJudged(EvaluationEvent.Builder event) {
        return assertThat(judge(event));
    }

    private Outcome judge(EvaluationEvent.Builder event) {
        view.copy(event.build());
        return judge.judge(view, NOON.toEpochMilli());
    }

    private Sighting see(long id, int contents, long hour, int horizonHours) {
        var before = ids.putIfAbsent(id, contents);
        return before == null ? Sighting.NEW : before == contents ? Sighting.DUPLICATE : Sighting.CONFLICT;
    }

    private static SeenStore seen(Duration horizon) {
        WindowStore<Bytes, byte[]> store = HeapStores.open(Stores.windowStoreBuilder(
                        Stores.inMemoryWindowStore("seen", horizon.plusHours(1), Duration.ofMillis(1), false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingDisabled());
        return new SeenStore(store, horizon);
    }
}
