package dev.afterglow.streams.progress;

import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.state.Progress;
import dev.afterglow.streams.readmodel.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class SettlementMonitorTest {

    private static final TopicPartition COUNTS = new TopicPartition("impressions", 0);

    private final FakeCluster cluster = new FakeCluster();
    private final FakeServed served = new FakeServed();
    private final SettlementMonitor monitor = new SettlementMonitor(
            cluster,
            served,
            new Stages(Map.of("cost", 1)),
            List.of("evaluations"),
            Map.of("intake", "afterglow-intake"),
            Clock.fixed(HOUR, ZoneOffset.UTC));

    @Test
    void hasSettledWhenEverythingThatArrivedHasPassedAndIsApplied() {
        // when
        monitor.tick();

        // then
        assertThat(monitor.status().settled()).isTrue();
        assertThat(monitor.status().asOf()).isEqualTo(HOUR);
    }

    @Test
    void hasNotSettledWhileAStageIsBehindTheNewestArrival() {
        // given
        cluster.newest = Optional.of(HOUR.plusMillis(1));

        // when
        monitor.tick();

        // then
        assertThat(monitor.status().settled()).isFalse();
    }

    @Test
    void hasNotSettledWhileAnotherRecordOfTheSameMillisecondMayFollow() {
        // given
        cluster.newest = Optional.of(HOUR);

        // when
        monitor.tick();

        // then
        assertThat(monitor.status().settled()).isFalse();
    }

    @Test
    void hasNotSettledWhileAStageHasNotReported() {
        // given
        served.rows = List.of();

        // when
        monitor.tick();

        // then
        assertThat(monitor.status().settled()).isFalse();
        assertThat(monitor.status().watermark()).isEmpty();
    }

    @Test
    void hasNotSettledWhileOutputsAreNotApplied() {
        // given
        served.applied = Map.of(COUNTS, 9L);

        // when
        monitor.tick();

        // then
        assertThat(monitor.status().settled()).isFalse();
        assertThat(monitor.status().lag()).isEqualTo(Map.of("intake", 3L, "read-model", 1L));
    }

    @Test
    void servesAWatermarkOnceItsOwnEndsAreAppliedThoughMoreHasBeenWrittenSince() {
        // given
        served.applied = Map.of(COUNTS, 9L);
        monitor.tick();

        // when
        cluster.ends.put(COUNTS, 99L);
        served.rows = List.of(Samples.progress("cost", 0, HOUR.plusSeconds(60)));
        served.applied = Map.of(COUNTS, 10L);
        monitor.tick();

        // then
        assertThat(monitor.status().served()).contains(HOUR);
    }

    @Test
    void servesNothingWhileTheReadModelIsBeingBuilt() {
        // given
        monitor.tick();

        // when
        served.ready = false;
        monitor.tick();

        // then
        assertThat(monitor.status().settled()).isFalse();
        assertThat(monitor.status().served()).isEmpty();
    }

    @Test
    void hasNotSettledWhenTheBrokerDoesNotAnswer() {
        // given
        monitor.tick();

        // when
        cluster.down = true;
        monitor.tick();

        // then
        assertThat(monitor.status().settled()).isFalse();
    }

    private static final class FakeCluster implements Cluster {
        private Optional<Instant> newest = Optional.of(HOUR.minusMillis(1));
        private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(COUNTS, 10L));
        private boolean down;

        @Override
        public Optional<Instant> newestArrival(Collection<String> topics) {
            if (down) {
                throw new TimeoutException("no answer");
            }
            return newest;
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
            return Map.copyOf(ends);
        }

        @Override
        public Optional<Long> lag(String group) {
            return Optional.of(3L);
        }
    }

    private static final class FakeServed implements Served {
        private boolean ready = true;
        private List<Progress> rows = List.of(Samples.progress("cost", 0, HOUR));
        private Map<TopicPartition, Long> applied = Map.of(COUNTS, 10L);

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public List<Progress> progress() {
            return rows;
        }

        @Override
        public Map<TopicPartition, Long> applied() {
            return applied;
        }
    }
}
