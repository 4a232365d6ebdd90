package dev.afterglow.streams.it.crash;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed, and comes back with what it had. */
@ExtendWith(SharedCluster.class)
class BrokerIT {

    private static final int LONGEST_LIFE_MS = 3_000;
    private static final int LONGEST_ABSENCE_MS = 3_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void countsOnceThoughTheBrokerIsKilledAndComesBack(EmbeddedCluster cluster) throws Exception {
        // given
        var plan = Plan.of("broker killed", 2, 2);
        try (var broker = new Broker(directory);
                var arena = new Arena(broker.address(), cluster.schemaRegistryUrl(), directory, plan)) {
            var instance = arena.instance("one");

            // when
            for (int round = 0; round < plan.rounds(); round++) {
                Moments.untilCommitted(arena.admin(), arena.intake());
                plan.linger(0, LONGEST_LIFE_MS);
                broker.kill();
                arena.strike();
                plan.linger(0, LONGEST_ABSENCE_MS);
                if (round % 2 == 1) {
                    instance.kill();
                    arena.strike();
                }
                broker.start();
                if (round % 2 == 1) {
                    instance.start();
                }
                arena.revive();
            }

            // then
            arena.prove();
        }
    }
}
