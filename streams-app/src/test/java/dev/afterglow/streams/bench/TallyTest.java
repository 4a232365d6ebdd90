package dev.afterglow.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void replacesAWholeCount() {
        var tally = new Tally();
        tally.set("a", 3);
        tally.set("a", 5);

        assertThat(tally.sum()).isEqualTo(5);
    }

    @Test
    void findsKeysThatDifferOnEitherSide() {
        // given
        var one = new Tally();
        one.add("same", 1);
        one.add("other", 1);
        one.add("missing", 1);
        var two = new Tally();
        two.add("same", 1);
        two.add("other", 2);
        two.add("more", 1);

        // when, then
        assertThat(one.differences(two)).isEqualTo(3);
    }

    @Test
    void takesAMissingKeyForZero() {
        var one = new Tally();
        one.add("nothing", 0);

        assertThat(one.differences(new Tally())).isZero();
    }
}
