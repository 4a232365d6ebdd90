package dev.afterglow.streams.it.crash;

import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** An instance that stands still, is given up for dead, and goes on as if nothing had been. */
@ExtendWith(SharedCluster.class)
class PauseIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    @EnabledIfSystemProperty(named = Plan.ROUNDS, matches = "\\d+", disabledReason = Plan.LONG_ONLY)
    void countsOnceThoughAnInstanceSleepsBeyondItsTimeOutsAndWakes(EmbeddedCluster cluster) throws Exception {
        // given
        var plan = Plan.of("paused beyond its time-outs", 1, 4);
        try (var arena = Arena.on(cluster, directory, plan)) {
            var two = arena.instance("two").start().awaitReady();
            var both = List.of(arena.instance("one"), two);

            // when
            for (int round = 0; round < plan.rounds(); round++) {
                awaitMembers(arena, 4);
                var sleeper = both.get(plan.random().nextInt(both.size()));
                Moments.untilCommitted(arena.admin(), arena.intake());
                plan.linger(0, Arena.COMMIT_MS);
                sleeper.pause();
                arena.strike();
                // Of two instances with two members each one is taken for dead, its partitions are given away.
                awaitMembers(arena, 2);
                int over = Arena.TRANSACTION_MS - Arena.SESSION_MS;
                plan.linger(over, over + Arena.BROKER_LOOKS_EVERY_MS);
                sleeper.wake();
                arena.revive();
            }

            // then
            arena.prove();
        }
    }

    private static void awaitMembers(Arena arena, int members) {
        await(members + " members").atMost(Duration.ofSeconds(60)).until(() -> {
            arena.revive();
            return arena.admin()
                            .describeConsumerGroups(List.of(arena.intake()))
                            .all()
                            .get(30, TimeUnit.SECONDS)
                            .get(arena.intake())
                            .members()
                            .size()
                    == members;
        });
    }
}
