package dev.afterglow.alerts.spike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.spike.SpikeJudge.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of any course of traffic; a failure names the seed. */
class SpikeJudgePropertyTest {

    private static final int COURSES = 10_000;
    private static final int QUARTERS = 96;

    /** Opened, and eight quarter-hours that were not far above: so many lie between two openings. */
    private static final int APART = 9;

    @Test
    void opensAndResolvesInTurnAndCannotFlap() {
        for (long seed = 0; seed < COURSES; seed++) {
            var changes = changes(seed);
            Change last = Change.RESOLVED;
            int openedAt = -APART;
            for (int i = 0; i < changes.size(); i++) {
                var change = changes.get(i);
                if (change == Change.NONE) {
                    continue;
                }
                assertThat(change).as("in turn, seed %d, quarter %d", seed, i).isNotEqualTo(last);
                if (change == Change.OPENED) {
                    assertThat(i - openedAt)
                            .as("apart, seed %d, quarter %d", seed, i)
                            .isGreaterThanOrEqualTo(APART);
                    openedAt = i;
                }
                last = change;
            }
        }
    }

    @Test
    void endsByItselfWithinTwoHoursOfQuiet() {
        for (long seed = 0; seed < COURSES; seed++) {
            var course = new Spikes();
            var random = new Random(seed);
            for (int i = 0; i < 20; i++) {
                course.next(traffic(random), random.nextBoolean(), random.nextInt(20) == 0);
            }
            for (int i = 0; i < SpikeRules.CALM; i++) {
                course.next(Spikes.USUAL.level());
            }
            assertThat(course.state()).as("seed %d", seed).isNull();
        }
    }

    @Test
    void comesToTheSameOnEveryReplay() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(changes(seed)).as("seed %d", seed).isEqualTo(changes(seed));
        }
    }

    private static List<Change> changes(long seed) {
        var random = new Random(seed);
        var course = new Spikes();
        var changes = new ArrayList<Change>();
        for (int i = 0; i < QUARTERS; i++) {
            changes.add(course.next(traffic(random), random.nextInt(4) > 0, random.nextInt(50) == 0));
        }
        return changes;
    }

    /** Round the limits, where it is most likely to go back and forth. */
    private static long traffic(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 2_500;
            case 1 -> 1_749;
            case 2 -> 4_000;
            default -> random.nextInt(5_000);
        };
    }
}
