package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedCostTest {

    private static final int DRAWS = 10_000;

    @Test
    void aPartPaysByItsImpressionsRoundedDown() {
        assertThat(new SharedCost(100, 3).part(2)).isEqualTo(66);
    }

    @Test
    void theWholePaysAll() {
        assertThat(new SharedCost(100, 3).part(3)).isEqualTo(100);
    }

    @Test
    void noPartPaysMoreThanAll() {
        // given more than was counted, as while a correction is under way
        assertThat(new SharedCost(100, 3).part(4)).isEqualTo(100);
    }

    @Test
    void nobodyPaysWhereNothingHasAPrice() {
        assertThat(new SharedCost(100, 0).part(4)).isZero();
    }

    @Test
    void isExactWhereTheProductDoesNotFit64Bits() {
        assertThat(new SharedCost(Long.MAX_VALUE, Long.MAX_VALUE - 1).part(Long.MAX_VALUE / 2))
                .isEqualTo(Long.MAX_VALUE / 2);
    }

    @Test
    void partsNeverSumToMoreThanAllAndFallShortByLessThanOneEach() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int draw = 0; draw < DRAWS; draw++) {
            long impressions = 1 + random.nextLong(1L << (1 + random.nextInt(60)));
            var cost = new SharedCost(random.nextLong(Long.MAX_VALUE), impressions);
            long first = random.nextLong(impressions + 1);

            assertThat(cost.micros() - cost.part(first) - cost.part(impressions - first))
                    .as("%s, %d of them, seed %d", cost, first, seed)
                    .isBetween(0L, 1L);
        }
    }
}
