package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One instance, killed again and again. */
@ExtendWith(SharedCluster.class)
class KillIT {

    private static final int LONGEST_LIFE_MS = 4_000;
    private static final int COMMIT_LASTS_MS = 50;
    private static final int IDS_TO_RESTORE = 60_000;
    private static final int RESTORE_LASTS_MS = 300;
    private static final int LOSE_STATE_EVERY = 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void countsOnceThoughKilledAtRandomMoments(EmbeddedCluster cluster) throws Exception {
        // given
        var plan = Plan.of("killed at random moments", 2, 1);
        try (var arena = Arena.on(cluster, directory, plan)) {
            var instance = arena.instance("one");

            // when
            for (int round = 0; round < plan.rounds(); round++) {
                instance.api();
                plan.linger(0, LONGEST_LIFE_MS);
                instance.kill();
                arena.strike();
                instance.start();
            }

            // then
            arena.prove();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Plan.ROUNDS, matches = "\\d+", disabledReason = Plan.LONG_ONLY)
    void countsOnceThoughKilledInMidCommit(EmbeddedCluster cluster) throws Exception {
        // given
        var plan = Plan.of("killed in mid-commit", 2, 1);
        try (var arena = Arena.on(cluster, directory, plan)) {
            var instance = arena.instance("one");

            // when
            for (int round = 0; round < plan.rounds(); round++) {
                instance.awaitReady();
                Moments.untilCommitted(arena.admin(), arena.intake());
                // Some while this commit goes on in other threads and stages, some around the next one.
                int from = round % 2 == 0 ? 0 : Arena.COMMIT_MS - COMMIT_LASTS_MS / 2;
                plan.linger(from, from + COMMIT_LASTS_MS);
                instance.kill();
                arena.strike();
                instance.start();
            }

            // then
            arena.prove();
        }
    }

    @Test
    void countsOnceThoughKilledWhileItRestores(EmbeddedCluster cluster) throws Exception {
        // given
        var plan = Plan.of("killed while it restores", 2, 1);
        try (var arena = Arena.on(cluster, directory, plan)) {
            var instance = arena.instance("one");
            arena.load().burst(IDS_TO_RESTORE);
            int restoring = 0;
            instance.kill();
            arena.strike();

            // when
            for (int round = 1; round <= plan.rounds(); round++) {
                if (round % LOSE_STATE_EVERY == 0) {
                    instance.loseState();
                }
                instance.start();
                Moments.until("restoring", () -> instance.hasSaid(arena.intake(), "to PARTITIONS_ASSIGNED"));
                plan.linger(0, RESTORE_LASTS_MS);
                restoring += instance.hasSaid("stream-client", arena.intake(), "to RUNNING") ? 0 : 1;
                instance.kill();
                arena.strike();
            }
            instance.start();

            // then
            assertThat(restoring)
                    .as("how often it was restoring when it was killed, seed %d", plan.seed())
                    .isPositive();
            arena.prove();
        }
    }
}
