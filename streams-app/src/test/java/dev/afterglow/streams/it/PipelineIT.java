package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class PipelineIT {

    private static final int EVENTS = 6_000;

    @TempDir
    Path directory;

    @Test
    void countsPricesAndAlertsOnceOverRestartsAndReplays(EmbeddedCluster cluster) throws Exception {
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        Api.Answers first;
        Api.Answers restarted;
        Api.Answers replayed;
        List<String> stateLosses;

        try (var sender = stand.sender()) {
            // given
            try (var service = stand.start("one")) {
                stand.apply(Stand.DEFINITIONS);
                var api = new Api(service.url()).awaitSettled();
                sender.send(traffic, 0, EVENTS);
                sender.await();
                first = api.awaitSettled().answers(traffic.period());
            }

            // when
            try (var watch = new StateLosses();
                    var service = stand.start("one")) {
                var api = new Api(service.url()).awaitSettled();
                restarted = api.answers(traffic.period());
                sender.send(traffic, 0, EVENTS);
                sender.await();
                replayed = api.awaitSettled().answers(traffic.period());
                stateLosses = watch.seen();
            }
        }

        // then
        assertThat(stateLosses)
                .as("stores restored from the beginning after a clean stop")
                .isEmpty();
        assertThat(first.counts()).isEqualTo(traffic.countsOf(EVENTS));
        assertThat(first.sums()).isEqualTo(new Api.Sums(EVENTS, EVENTS, 0, 0, 0));
        mustBeTheBill(first);
        assertThat(first.alerts())
                .filteredOn(alert -> !alert.endsWith("RESOLVED"))
                .containsExactlyElementsOf(expectedAlerts(traffic));
        assertThat(restarted).isEqualTo(first);
        assertThat(replayed)
                .isEqualTo(new Api.Answers(
                        first.counts(), first.costs(), first.alerts(), new Api.Sums(2 * EVENTS, EVENTS, EVENTS, 0, 0)));
    }

    private static void mustBeTheBill(Api.Answers answers) {
        var costs = answers.costs();
        assertThat(costs.path("currency").asText()).isEqualTo("EUR");
        assertThat(costs.path("impressions").asLong()).isEqualTo(EVENTS);
        assertThat(costs.path("costMicros").asLong()).isEqualTo((EVENTS - 1000) * 100L);
        assertThat(StreamSupport.stream(costs.path("experiments").spliterator(), false)
                        .mapToLong(share -> share.path("costMicros").asLong())
                        .sum())
                .isEqualTo(costs.path("costMicros").asLong());
        // What the bill would have been less by without the leftover and the zombie, a fifth of the traffic each.
        assertThat(costs.path("wastedMicros").asLong()).isEqualTo(EVENTS * 2 / 5 * 100L);
    }

    private static TreeSet<String> expectedAlerts(Traffic traffic) {
        var alerts = new TreeSet<String>();
        alerts.add("LEFTOVER_ROLLOUT/shop/production/exp-0/-/1 ESCALATED");
        // What is served to everyone is green, and half of the events say blue.
        alerts.add("ROLLOUT_MISMATCH/shop/production/exp-0/-/1 ESCALATED");
        alerts.add("ZOMBIE_TRAFFIC/shop/production/exp-1/-/1 ESCALATED");
        // A month that is over when its first figures come is not held against a budget.
        if (traffic.period().equals(YearMonth.now(ZoneOffset.UTC))) {
            alerts.add("BUDGET_ACTUAL/month/1/" + traffic.period() + "/200 OPEN");
        }
        return alerts;
    }
}
