package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    @Test
    void sendsAMessageWithoutKeyToEveryPartition() {
        assertThat(Routes.betweenStages().partitions("topic", null, "value", 4)).hasValue(Set.of(0, 1, 2, 3));
    }

    @Test
    void sendsAMessageForAPartitionThere() {
        assertThat(Routes.betweenStages().partitions("topic", Routes.toPartition(3), "value", 12))
                .hasValue(Set.of(3));
    }

    @Test
    void leavesAMessageWithKeyToKafka() {
        assertThat(Routes.betweenStages().partitions("topic", "shop/production/checkout", "value", 12))
                .isEmpty();
        assertThat(Routes.byKey().partitions("topic", "anything", "value", 12)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/production/checkout", "shop/production/é€𝄞", "a"})
    void findsThePartitionThatTheJavaProducerChooses(String key) {
        assertThat(Routes.partitionOf(key, 12))
                .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), 12));
    }

    @Test
    void keepsAllCountsOfAnExperimentInThePartitionOfItsIdentity() {
        // given
        var route = Routes.<String>byLeadingParts(3);
        int home = Routes.partitionOf("shop/production/checkout", 12);

        // then
        for (var rest : new String[] {"", "/2026-11-03T12:00:00Z/blue", "/2026-11-04T12:00:00Z/green"}) {
            assertThat(route.partitions("topic", "shop/production/checkout" + rest, "value", 12))
                    .hasValue(Set.of(home));
        }
    }

    @Test
    void keepsAllCostsOfAnAccountInItsPartition() {
        assertThat(Routes.<String>byLeadingParts(1).partitions("topic", "acme/2026-11/shop/production/x", "value", 12))
                .hasValue(Set.of(Routes.partitionOf("acme", 12)));
    }
}
