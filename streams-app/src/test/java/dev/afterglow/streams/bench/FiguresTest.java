package dev.afterglow.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Figures.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Figures(4, 1, 9, 3));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(Figures.of(List.of(9.0, 1.0, 4.0, 6.0)).median()).isEqualTo(5);
    }

    @Test
    void leavesOutWhatCouldNotBeHad() {
        assertThat(Figures.of(List.of(Double.NaN, 2.0))).isEqualTo(new Figures(2, 2, 2, 1));
    }

    @Test
    void hasNoMedianOfNothing() {
        assertThat(Figures.of(List.of(Double.NaN)).median()).isNaN();
    }
}
