package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class SecondSerdeIT {

    private static final int EVENTS = 600;

    @TempDir
    Path directory;

    @Test
    void runsOnTheSerdeOfAnotherMakerAndIsReadByOurs(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        String[] apicurio = {
            "afterglow.value.serde", "io.apicurio.registry.serde.avro.AvroSerde",
            "apicurio.registry.url", cluster.schemaRegistryUrl().replace("/apis/ccompat/v7", "/apis/registry/v2"),
            "apicurio.registry.auto-register", "true"
        };

        // when
        try (var service = stand.start("one", apicurio);
                var sender = stand.sender(apicurio)) {
            stand.apply(Stand.DEFINITIONS, apicurio);
            var api = new Api(service.url()).awaitSettled();
            sender.send(traffic, 0, EVENTS);
            sender.await();
            api.awaitSettled();

            // then
            assertThat(api.counts()).isEqualTo(traffic.countsOf(EVENTS));
            assertThat(api.get("/api/v1/alerts?status=open").path("alerts").findValuesAsText("kind"))
                    .contains("LEFTOVER_ROLLOUT", "ZOMBIE_TRAFFIC");
        }
        var newest = new HashMap<String, ImpressionCount>();
        stand.committed()
                .records(stand.topics().impressions())
                .forEach(record -> newest.put(record.key(), record.value()));
        assertThat(newest.values().stream().mapToLong(ImpressionCount::getCount).sum())
                .isEqualTo(EVENTS);
        assertThat(stand.committed().values(stand.topics().cleanupAlerts()))
                .extracting(CleanupAlert::getKind)
                .contains(CleanupKind.LEFTOVER_ROLLOUT, CleanupKind.ZOMBIE_TRAFFIC);
    }
}
