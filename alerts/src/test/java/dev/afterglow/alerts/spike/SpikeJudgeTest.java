package dev.afterglow.alerts.spike;

import static dev.afterglow.alerts.spike.SpikeJudge.Change.NONE;
import static dev.afterglow.alerts.spike.SpikeJudge.Change.OPENED;
import static dev.afterglow.alerts.spike.SpikeJudge.Change.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpikeJudgeTest {

    private final Spikes course = new Spikes();

    @Test
    void opensAtTheSecondQuarterHourInARowThatIsFarAbove() {
        assertThat(course.next(2_500)).isEqualTo(NONE);
        assertThat(course.next(2_500)).isEqualTo(OPENED);
        assertThat(course.state().getSince()).isEqualTo(Spikes.START);
        assertThat(course.state().getExcess()).isEqualTo(3_000);
        assertThat(course.state().getOpenedAt()).isEqualTo(course.end());
    }

    @Test
    void keepsNothingOfWhatIsNotFarAbove() {
        assertThat(course.next(2_499)).isEqualTo(NONE);
        assertThat(course.state()).isNull();
        assertThat(course.last().goesOn()).isFalse();
    }

    @Test
    void opensAtOnceWhenTheExcessIsTwiceWhatIsNeeded() {
        assertThat(course.next(3_999)).isEqualTo(NONE);
        course.next(1_000);
        assertThat(course.next(4_000)).isEqualTo(OPENED);
    }

    @Test
    void takesQuarterHoursApartForNoneInARow() {
        course.next(2_500);
        course.next(1_000);
        assertThat(course.next(2_500)).isEqualTo(NONE);
        course.skip(1);
        assertThat(course.next(2_500)).isEqualTo(NONE);
        assertThat(course.state().getSince()).isEqualTo(course.end().minusSeconds(900));
    }

    @Test
    void resolvesAfterTwoHoursOfLessThanHalf() {
        // given
        course.next(4_000);
        course.next(4_000);

        // when, then what is half of it holds it
        IntStream.range(0, 20).forEach(i -> assertThat(course.next(1_750)).isEqualTo(NONE));
        IntStream.range(0, 7).forEach(i -> assertThat(course.next(1_749)).isEqualTo(NONE));
        assertThat(course.next(1_749)).isEqualTo(RESOLVED);
        assertThat(course.state()).isNull();
    }

    @Test
    void beginsToCountAnewWhenItIsFarAboveAgain() {
        course.next(4_000);
        IntStream.range(0, 7).forEach(i -> course.next(0));
        course.next(2_500);
        IntStream.range(0, 7).forEach(i -> assertThat(course.next(0)).isEqualTo(NONE));
        assertThat(course.next(0)).isEqualTo(RESOLVED);
    }

    @Test
    void withholdsWhatMayNotOpenAndOpensItWhenItMay() {
        assertThat(course.next(4_000, false, false)).isEqualTo(NONE);
        assertThat(course.last().withheld()).isTrue();
        assertThat(course.next(2_500, true, false)).isEqualTo(OPENED);
        assertThat(course.state().getSince()).isEqualTo(Spikes.START);
    }

    @Test
    void opensWhatIsForced() {
        assertThat(course.next(0, true, true)).isEqualTo(OPENED);
    }

    @Test
    void takesNothingForASpikeOfWhichNothingIsKnown() {
        var verdict = new SpikeJudge(SpikeRules.DEFAULTS)
                .judge(null, Spikes.START, Long.MAX_VALUE, Optional.empty(), true, false);
        assertThat(verdict).isEqualTo(new SpikeJudge.Verdict(null, NONE, 0, false));
    }
}
