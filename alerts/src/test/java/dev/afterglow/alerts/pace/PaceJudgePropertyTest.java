package dev.afterglow.alerts.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CostAlert;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of any course of spend; a failure names the seed. */
class PaceJudgePropertyTest {

    private static final int COURSES = Integer.getInteger("afterglow.pace.courses", 25);
    private static final YearMonth FEBRUARY = YearMonth.of(2026, 2);

    @Test
    void opensAndResolvesInTurnSixHoursApartAndEndsWithThePeriod() {
        for (long seed = 0; seed < COURSES; seed++) {
            var opened = new HashSet<String>();
            String open = null;
            Instant last = Instant.MIN;
            for (var alert : month(seed)) {
                switch (alert.getStatus()) {
                    case OPEN -> {
                        assertThat(open).as("open, seed %d", seed).isNull();
                        assertThat(opened.add(alert.getAlertId()))
                                .as("id, seed %d", seed)
                                .isTrue();
                        assertThat(alert.getAt()).as("apart, seed %d", seed).isAfterOrEqualTo(last);
                        last = alert.getAt().plus(Duration.ofHours(6));
                        open = alert.getAlertId();
                    }
                    case ESCALATED ->
                        assertThat(alert.getAlertId()).as("seed %d", seed).isEqualTo(open);
                    default -> {
                        assertThat(alert.getStatus()).as("seed %d", seed).isEqualTo(AlertStatus.RESOLVED);
                        assertThat(alert.getAlertId()).as("seed %d", seed).isEqualTo(open);
                        open = null;
                    }
                }
            }
            assertThat(open).as("at the end, seed %d", seed).isNull();
        }
    }

    @Test
    void comesToTheSameOnEveryReplay() {
        for (long seed = 0; seed < 5; seed++) {
            assertThat(month(seed)).as("seed %d", seed).isEqualTo(month(seed));
        }
    }

    /** A month of stretches at paces round the limits. */
    private static List<CostAlert> month(long seed) {
        var random = new Random(seed);
        var paces = new long[] {0, 1_000, 1_600, 2_000, 4_480, 5_600, 12_000};
        var stretch = new long[] {0, 0};
        return new Course(FEBRUARY).hours(672, Course.budget(FEBRUARY), quarter -> {
            if (stretch[1]-- == 0) {
                stretch[0] = paces[random.nextInt(paces.length)];
                stretch[1] = random.nextInt(32);
            }
            return stretch[0];
        });
    }
}
