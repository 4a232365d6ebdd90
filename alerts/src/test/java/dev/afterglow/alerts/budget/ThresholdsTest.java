package dev.afterglow.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Severity;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {

    private static final List<Integer> USUAL = List.of(50, 80, 100);

    @ParameterizedTest(name = "{0} of {1}: threshold {2}")
    @CsvSource({
        "0, 1000, 0",
        "499, 1000, 0",
        "500, 1000, 50",
        "799, 1000, 50",
        "800, 1000, 80",
        "999, 1000, 80",
        "1000, 1000, 100",
        "1999, 1000, 100",
        "2000, 1000, 200",
        "2999, 1000, 200",
        "12345, 1000, 1200",
        "1, 3, 0",
        "2, 3, 50",
        "3, 3, 100",
        "9223372036854775807, 9223372036854775807, 100",
        "9223372036854775806, 9223372036854775807, 80",
        "4611686018427387903, 9223372036854775807, 0",
        "4611686018427387904, 9223372036854775807, 50",
    })
    void reachesAThresholdExactlyAtItsShareOfTheAmount(long spend, long amount, int threshold) {
        assertThat(Thresholds.highestReached(Thresholds.percent(spend, amount), USUAL))
                .isEqualTo(threshold);
    }

    @Test
    void agreesWithTheExactProductsForAnyFigures() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            long spend = random.nextLong() >>> (1 + random.nextInt(63));
            long amount = Math.max(1, random.nextLong() >>> (1 + random.nextInt(63)));
            int threshold = 1 + random.nextInt(199);

            boolean reached = BigInteger.valueOf(spend)
                            .multiply(BigInteger.valueOf(100))
                            .compareTo(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(threshold)))
                    >= 0;

            assertThat(Thresholds.percent(spend, amount) >= threshold)
                    .as("seed %d: %d of %d at %d %%", seed, spend, amount, threshold)
                    .isEqualTo(reached);
        }
    }

    @Test
    void keepsToThresholdsThatAnIntCanHold() {
        int percent = Thresholds.percent(Long.MAX_VALUE, 1);

        assertThat(percent).isEqualTo(Integer.MAX_VALUE);
        assertThat(Thresholds.highestReached(percent, USUAL)).isEqualTo(2_147_483_600);
    }

    @Test
    void addsFurtherHundredsToWhateverIsConfigured() {
        assertThat(Thresholds.highestReached(249, List.of(80, 230))).isEqualTo(230);
        assertThat(Thresholds.highestReached(300, List.of(80, 230))).isEqualTo(300);
        assertThat(Thresholds.highestReached(150, List.of(80))).isEqualTo(80);
    }

    @Test
    void hasNoneForABudgetWithoutActualThresholds() {
        assertThat(Thresholds.highestReached(500, List.of())).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, INFO", "79, INFO", "80, WARNING", "99, WARNING", "100, CRITICAL", "300, CRITICAL"})
    void growsSevererWithTheThreshold(int threshold, Severity severity) {
        assertThat(Thresholds.severity(threshold)).isEqualTo(severity);
    }
}
