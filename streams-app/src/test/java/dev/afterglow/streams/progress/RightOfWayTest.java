package dev.afterglow.streams.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RightOfWayTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    /** What was said, and what was said again in a row left out. */
    private final List<String> told = new ArrayList<>();

    private int waits;
    private Instant now = NOON;
    private Optional<Instant> countedUpTo = Optional.of(NOON);
    private final RightOfWay rightOfWay =
            new RightOfWay(() -> countedUpTo, this::toldToWait, () -> told.add("go on"), new Now());

    @Test
    void holdsNothingUpWhileCountingKeepsPace() {
        // given
        countedUpTo = Optional.of(NOON.minus(Duration.ofMinutes(10)));

        // when
        rightOfWay.tick();

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void hasJudgingWaitUntilItIsKnownHowFarCountingHasCome() {
        // given
        countedUpTo = Optional.empty();
        rightOfWay.tick();
        rightOfWay.tick();

        // when
        countedUpTo = Optional.of(NOON);
        rightOfWay.tick();

        // then
        assertThat(told).containsExactly("wait", "go on");
    }

    @Test
    void hasNobodyWaitForLongerThanAMinuteForWhatIsNotKnown() {
        // given
        countedUpTo = Optional.empty();
        rightOfWay.tick();

        // when
        now = NOON.plus(Duration.ofSeconds(59));
        rightOfWay.tick();

        // then
        assertThat(told).containsExactly("wait");
        now = NOON.plus(Duration.ofSeconds(60));
        rightOfWay.tick();
        assertThat(told).containsExactly("wait", "go on");
    }

    @Test
    void takesALagThatIsKnownOnlyNowForABacklogFromTenMinutesOn() {
        // given
        countedUpTo = Optional.empty();
        rightOfWay.tick();

        // when
        countedUpTo = Optional.of(NOON.minus(Duration.ofMinutes(10)));
        rightOfWay.tick();

        // then
        assertThat(told).containsExactly("wait", "go on");
    }

    @Test
    void holdsNothingUpWhileNothingIsKnownOfCountingAnyMore() {
        // given
        rightOfWay.tick();

        // when
        countedUpTo = Optional.empty();
        rightOfWay.tick();

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void hasJudgingWaitForABacklogAndGoOnBehindIt() {
        // given
        countedUpTo = Optional.of(NOON.minus(Duration.ofHours(6)));
        rightOfWay.tick();
        rightOfWay.tick();

        // when
        countedUpTo = Optional.of(NOON);
        rightOfWay.tick();

        // then
        assertThat(told).containsExactly("wait", "go on");
    }

    @Test
    void saysAtEveryLookThatJudgingHasToWait() {
        // given
        countedUpTo = Optional.of(NOON.minus(Duration.ofHours(6)));

        // when
        rightOfWay.tick();
        rightOfWay.tick();
        rightOfWay.tick();

        // then: one that was restoring its state when it was told first is held later
        assertThat(waits).isEqualTo(3);
    }

    @Test
    void hasNobodyWaitForLongerThanFiveMinutes() {
        // given
        countedUpTo = Optional.of(NOON.minus(Duration.ofDays(6)));

        // when
        for (int second = 0; second < 15 * 60; second++) {
            now = NOON.plusSeconds(second);
            rightOfWay.tick();
            if (second == 5 * 60 - 1) {
                assertThat(told).containsExactly("wait");
            }
            if (second == 10 * 60 - 1) {
                assertThat(told).containsExactly("wait", "go on");
            }
        }

        // then
        assertThat(told).containsExactly("wait", "go on", "wait");
    }

    @Test
    void givesANewBacklogItsFullTurn() {
        // given
        countedUpTo = Optional.of(NOON.minus(Duration.ofHours(1)));
        rightOfWay.tick();
        now = NOON.plus(Duration.ofMinutes(4));
        countedUpTo = Optional.of(now);
        rightOfWay.tick();

        // when
        countedUpTo = Optional.of(NOON.minus(Duration.ofHours(1)));
        rightOfWay.tick();
        now = NOON.plus(Duration.ofMinutes(8));
        rightOfWay.tick();

        // then
        assertThat(told).containsExactly("wait", "go on", "wait");
    }

    @Test
    void lastsThroughALagThatWavers() {
        // given a lag between 9 and 11 minutes
        for (int second = 0; second < 9 * 60; second++) {
            now = NOON.plusSeconds(second);
            countedUpTo = Optional.of(now.minus(Duration.ofMinutes(second / 10 % 2 == 0 ? 11 : 9)));

            // when
            rightOfWay.tick();
        }

        // then the five minutes of the first turn are over, and those of the second have not begun anew
        assertThat(told).containsExactly("wait", "go on");
    }

    @Test
    void doesNotHaveJudgingWaitForWhatCannotBeTold() {
        // given
        countedUpTo = Optional.of(NOON.minus(Duration.ofHours(6)));
        rightOfWay.tick();

        // when
        countedUpTo = null;
        rightOfWay.tick();

        // then
        assertThat(told).containsExactly("wait", "go on");
    }

    @Test
    void letsThatGoOnWhichWasHeldHalfway() {
        // given
        var halfway = new RightOfWay(
                () -> countedUpTo,
                () -> {
                    throw new IllegalStateException("one of two is held");
                },
                () -> told.add("go on"),
                new Now());
        countedUpTo = Optional.of(NOON.minus(Duration.ofHours(6)));
        assertThatThrownBy(halfway::tick).hasMessage("one of two is held");

        // when
        countedUpTo = Optional.of(NOON);
        halfway.tick();

        // then
        assertThat(told).containsExactly("go on");
    }

    private void toldToWait() {
        waits++;
        if (told.isEmpty() || !told.get(told.size() - 1).equals("wait")) {
            told.add("wait");
        }
    }

    private final class Now extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
