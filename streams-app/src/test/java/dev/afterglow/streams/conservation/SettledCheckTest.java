package dev.afterglow.streams.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.conservation.SettledCheck.Look;
import org.junit.jupiter.api.Test;

class SettledCheckTest {

    private final SettledCheck check = new SettledCheck();

    @Test
    void findsADifferenceThatStaysWhileTheFlowIsSettled() {
        var look = new Look(true, 10, 9);

        assertThat(check.look(look, true)).isEmpty();
        assertThat(check.look(look, true))
                .hasValueSatisfying(
                        violation -> assertThat(violation.detail()).isEqualTo("10 counted by intake, but 9 published"));
    }

    @Test
    void findsNothingWhereBothAreTheSame() {
        check.look(new Look(true, 10, 10), true);

        assertThat(check.look(new Look(true, 10, 10), true)).isEmpty();
    }

    @Test
    void waitsWhileNumbersMove() {
        check.look(new Look(true, 10, 9), true);

        assertThat(check.look(new Look(true, 11, 9), true)).isEmpty();
    }

    @Test
    void waitsWhileTheFlowHasNotSettled() {
        check.look(new Look(false, 10, 9), true);

        assertThat(check.look(new Look(false, 10, 9), true)).isEmpty();
        assertThat(check.look(new Look(true, 10, 9), true)).isEmpty();
    }

    @Test
    void takesExpiredHoursForNoViolationButTooManyPublishedForOne() {
        check.look(new Look(true, 10, 9), false);
        assertThat(check.look(new Look(true, 10, 9), false)).isEmpty();

        check.look(new Look(true, 10, 11), false);
        assertThat(check.look(new Look(true, 10, 11), false)).isPresent();
    }
}
