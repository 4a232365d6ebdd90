package dev.afterglow.streams.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class SharedClusterIT {

    @RepeatedTest(2)
    void givesEveryTestTheSameRunningBroker(EmbeddedCluster cluster) throws Exception {
        // when
        String id;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            id = admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
        }

        // then
        assertThat(id).isEqualTo(cluster.kafka().clusterId());
    }
}
