package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void givesWhatIsLeftOverToTheLargestRemainders() {
        // quotas 4.3, 3.9, 1.8
        assertThat(Shares.byLargestRemainder(10, new long[] {43, 39, 18})).containsExactly(4, 4, 2);
    }

    @Test
    void breaksTiesByIndex() {
        assertThat(Shares.byLargestRemainder(2, new long[] {1, 1, 1})).containsExactly(1, 1, 0);
        assertThat(Shares.byLargestRemainder(5, new long[] {0, 1, 1})).containsExactly(0, 3, 2);
    }

    @Test
    void givesNothingToWeightZero() {
        assertThat(Shares.byLargestRemainder(7, new long[] {0, 3, 0, 4, 0})).containsExactly(0, 3, 0, 4, 0);
    }

    @Test
    void splitsNothingByNothing() {
        assertThat(Shares.byLargestRemainder(0, new long[] {0, 0})).containsExactly(0, 0);
        assertThat(Shares.byLargestRemainder(0, new long[] {})).isEmpty();
    }

    @Test
    void refusesToSplitSomethingByNothing() {
        assertThatThrownBy(() -> Shares.byLargestRemainder(1, new long[] {0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all weights are 0");
        assertThatThrownBy(() -> Shares.byLargestRemainder(-1, new long[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.byLargestRemainder(1, new long[] {2, -1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight 1");
    }

    @Test
    void staysExactWhereProductsAndSumsPassSixtyFourBits() {
        long most = Long.MAX_VALUE;
        assertThat(Shares.byLargestRemainder(most, new long[] {most, most, most}))
                .containsExactly(most / 3 + 1, most / 3, most / 3);
        assertThat(Shares.byLargestRemainder(most, new long[] {most - 1, 1})).containsExactly(most - 1, 1);
    }

    @Test
    void sumsToTheWholeAndKeepsWithinOneOfTheQuota() {
        for (long seed = 0; seed < 2_000; seed++) {
            // given weights of any size, some of them 0
            var random = new Random(seed);
            var weights = LongStream.range(0, 1 + random.nextInt(40))
                    .map(i -> random.nextInt(4) == 0 ? 0 : random.nextLong() >>> (1 + random.nextInt(63)))
                    .toArray();
            long total = random.nextLong() >>> (1 + random.nextInt(63));
            var sum = Arrays.stream(weights).mapToObj(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
            if (sum.signum() == 0) {
                continue;
            }

            // when
            var parts = Shares.byLargestRemainder(total, weights);

            // then
            assertThat(LongStream.of(parts).sum()).as("seed %d", seed).isEqualTo(total);
            for (int i = 0; i < parts.length; i++) {
                var quota = BigInteger.valueOf(total)
                        .multiply(BigInteger.valueOf(weights[i]))
                        .divideAndRemainder(sum);
                long upper = quota[0].longValue() + (quota[1].signum() > 0 ? 1 : 0);
                assertThat(parts[i]).as("seed %d, part %d", seed, i).isBetween(quota[0].longValue(), upper);
            }
        }
    }

    @Test
    void givesNoPartMoreThanALargerRemainderBeforeIt() {
        for (long seed = 0; seed < 1_000; seed++) {
            // given
            var random = new Random(seed);
            var weights = LongStream.range(0, 2 + random.nextInt(20))
                    .map(i -> random.nextInt(50))
                    .toArray();
            weights[0]++;
            long sum = LongStream.of(weights).sum();
            long total = random.nextInt(1_000);

            // when
            var parts = Shares.byLargestRemainder(total, weights);

            // then whoever was rounded up has no smaller remainder than whoever was not, and comes first among equals
            for (int up = 0; up < parts.length; up++) {
                for (int down = 0; down < parts.length; down++) {
                    boolean roundedUp = parts[up] > total * weights[up] / sum;
                    boolean roundedDown = parts[down] == total * weights[down] / sum;
                    if (roundedUp && roundedDown) {
                        long remainderUp = total * weights[up] % sum;
                        long remainderDown = total * weights[down] % sum;
                        assertThat(remainderUp > remainderDown || remainderUp == remainderDown && up < down)
                                .as("seed %d, parts %d and %d", seed, up, down)
                                .isTrue();
                    }
                }
            }
        }
    }
}
