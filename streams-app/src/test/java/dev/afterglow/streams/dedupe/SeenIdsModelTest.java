package dev.afterglow.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the simplest statement of the rule, with spills, restores from the changelog, crashes and several horizons. */
class SeenIdsModelTest {

    private static final int[] HORIZONS = {0, 1, 3, 24};
    private static final int EVENTS = 60_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void saysWhatTheRuleSays(long seed) {
        // given few ids, so that most come again, and some that differ from others in a few bits only
        var random = new SplittableRandom(seed);
        var model = new Model();
        Map<BatchKey, byte[]> changelog = new LinkedHashMap<>();
        var ids = open();
        int hour = 400_000;

        for (int event = 0; event < EVENTS; event++) {
            // when
            hour += random.nextInt(1_500) == 0 ? 1 + random.nextInt(3) : 0;
            long id = random.nextInt(8_000) * (random.nextBoolean() ? 1 : Long.MAX_VALUE / 8_191);
            int contents = random.nextInt(2);
            int horizon = HORIZONS[random.nextInt(HORIZONS.length)];

            // then
            assertThat(ids.see(id, contents, hour, horizon))
                    .as("seed %d, event %d", seed, event)
                    .isEqualTo(model.see(id, contents, hour, horizon));

            if (random.nextInt(500) == 0) {
                ids.drain(changelog::put, changelog::remove);
                if (random.nextInt(4) == 0) {
                    ids.close();
                    ids = restore(changelog);
                }
            }
        }
        ids.close();
    }

    private SeenIds open() {
        return new SeenIds(new Spill(directory), new IdLimits(1_000));
    }

    private SeenIds restore(Map<BatchKey, byte[]> changelog) {
        var ids = open();
        new ArrayList<>(changelog.entrySet()).forEach(batch -> ids.restore(batch.getKey(), batch.getValue()));
        return ids;
    }
}
