package dev.afterglow.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static final long SEED = 20_261_123L;
    private static final int[] EDGES = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };

    @Test
    void agreesWithTheDecoderOfThePlatform() {
        Random random = new Random(SEED);
        int good = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[random.nextInt(14)];
            int plain = random.nextInt(bytes.length + 1);
            Arrays.fill(bytes, (byte) 'a');
            for (int at = plain; at < bytes.length && at < plain + 4; at++) {
                bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
            }
            byte[] again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            boolean wellFormed = Arrays.equals(bytes, again);
            assertThat(Utf8.isWellFormed(bytes, 0, bytes.length))
                    .as("seed %d, %s", SEED, Arrays.toString(bytes))
                    .isEqualTo(wellFormed);
            good += wellFormed ? 1 : 0;
        }
        assertThat(good).isBetween(10_000, 290_000);
    }
}
