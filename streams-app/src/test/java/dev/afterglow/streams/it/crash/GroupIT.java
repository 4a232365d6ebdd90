package dev.afterglow.streams.it.crash;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Instances that come and go, and take each other's partitions. */
@ExtendWith(SharedCluster.class)
class GroupIT {

    private static final int REBALANCE_LASTS_MS = 500;
    private static final int SECONDS_A_ROUND = 6;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    @EnabledIfSystemProperty(named = Plan.ROUNDS, matches = "\\d+", disabledReason = Plan.LONG_ONLY)
    void countsOnceThoughKilledInARebalance(EmbeddedCluster cluster) throws Exception {
        // given
        var plan = Plan.of("killed in a rebalance", 1, 2);
        try (var arena = Arena.on(cluster, directory, plan)) {
            var incumbent = arena.instance("one");

            // when
            for (int round = 0; round < plan.rounds(); round++) {
                var newcomer = arena.instance("newcomer-" + round).start();
                // Somebody the group does not know: with the first word that it has joined, partitions move.
                Moments.until("a rebalance", () -> newcomer.hasSaid("stream-client", arena.intake(), "to REBALANCING"));
                plan.linger(0, REBALANCE_LASTS_MS);
                var victim = plan.random().nextBoolean() ? incumbent : newcomer;
                victim.kill();
                arena.strike();
                victim.start();
                newcomer.awaitReady();
                incumbent.terminate();
                incumbent.awaitEnd();
                incumbent = newcomer;
            }

            // then
            arena.prove();
        }
    }

    @Test
    void countsOnceThoughInstancesJoinAndLeaveEverySecond(EmbeddedCluster cluster) throws Exception {
        // given
        var plan = Plan.of("instances join and leave", 1, 4);
        try (var arena = Arena.on(cluster, directory, plan)) {
            arena.instance("two").start();

            // when
            comeAndGo(arena, plan);
            arena.instance("three").start();
            comeAndGo(arena, plan);

            // then
            startAll(arena.instances());
            arena.prove();
        }
    }

    private static void comeAndGo(Arena arena, Plan plan) throws Exception {
        for (int second = 0; second < SECONDS_A_ROUND * plan.rounds(); second++) {
            plan.linger(500, 1_500);
            arena.revive();
            var one = arena.instances()
                    .get(plan.random().nextInt(arena.instances().size()));
            if (!one.isAlive()) {
                one.start();
            } else if (plan.random().nextBoolean()) {
                one.kill();
                arena.strike();
            } else {
                one.terminate();
            }
        }
    }

    private static void startAll(List<Instance> instances) throws Exception {
        for (var instance : instances) {
            if (!instance.isWanted()) {
                if (instance.isAlive()) {
                    instance.awaitEnd();
                }
                instance.start();
            }
        }
    }
}
