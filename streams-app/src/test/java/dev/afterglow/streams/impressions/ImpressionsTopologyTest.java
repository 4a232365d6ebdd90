package dev.afterglow.streams.impressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.testkit.MockSerdes;
import dev.afterglow.streams.testkit.StageDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImpressionsTopologyTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final int INTAKE_PARTITIONS = 2;

    private final Topics topics = new Topics("t.");
    private final MockSerdes serdes = new MockSerdes();
    private final StageDriver driver = new StageDriver(
            new ImpressionsTopology(topics, serdes, INTAKE_PARTITIONS, Duration.ofDays(62))::toTopology, serdes, NOON);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void publishesWholeCountsUnderTheKeyOfTheHour() {
        // given
        add("a/b", new QuarterCount("blue", quarter(0), 2L));
        driver.read(topics.impressions());

        // when
        add("a/b", new QuarterCount("blue", quarter(1), 3L));

        // then
        assertThat(driver.read(topics.impressions())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("shop/production/a%2Fb/2026-11-03T12:00:00Z/blue");
            assertThat(record.value().getCount()).isEqualTo(5);
            assertThat(record.value().getQuarters()).containsExactly(2L, 3L, 0L, 0L);
            assertThat(record.value().getHour()).isEqualTo(NOON);
            assertThat(record.value().getPolicy()).isEqualTo(CountingPolicy.EVALUATION);
        });
    }

    @Test
    void numbersTheRevisionsOfACountWithoutGap() {
        // when: the second message has three quarter-hours of one hour
        add("checkout", new QuarterCount("blue", quarter(0), 1L));
        add(
                "checkout",
                new QuarterCount("blue", quarter(0), 1L),
                new QuarterCount("blue", quarter(1), 1L),
                new QuarterCount("blue", quarter(3), 1L));
        add("checkout", new QuarterCount("blue", quarter(2), 1L));

        // then
        assertThat(driver.values(topics.impressions()))
                .extracting(ImpressionCount::getRevision, ImpressionCount::getCount)
                .containsExactly(tuple(1L, 1L), tuple(2L, 4L), tuple(3L, 5L));
    }

    @Test
    void keepsVariantsAndHoursApart() {
        // when
        add(
                "checkout",
                new QuarterCount("blue", quarter(0), 1L),
                new QuarterCount("green", quarter(0), 2L),
                new QuarterCount("blue", quarter(4), 4L));

        // then
        assertThat(driver.values(topics.impressions()))
                .extracting(ImpressionCount::getCount, ImpressionCount::getRevision)
                .containsExactlyInAnyOrder(tuple(1L, 1L), tuple(2L, 1L), tuple(4L, 1L));
    }

    @Test
    void passesDeltasOnAsTheyCame() {
        // when
        var deltas = add("checkout", new QuarterCount("blue", quarter(0), 1L));

        // then
        assertThat(driver.read(topics.traffic())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("#0");
            assertThat(record.value().getBody()).isEqualTo(new DeltaBatch(List.of(deltas)));
        });
    }

    @Test
    void waitsForAnIntakePartitionThatHasNotReported() {
        // when
        watermark(0, NOON.plusSeconds(60));

        // then
        assertThat(driver.read(topics.traffic())).isEmpty();
        assertThat(driver.read(topics.progress())).isEmpty();
    }

    @Test
    void passesTheLeastWatermarkOnInItsOwnPartitionAndReportsIt() {
        // when
        watermark(0, NOON.plusSeconds(60));
        watermark(1, NOON.plusSeconds(20));

        // then
        assertThat(driver.read(topics.traffic())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("#0");
            assertThat(record.value().getBody()).isEqualTo(new Watermark(0, NOON.plusSeconds(20)));
        });
        assertThat(driver.read(topics.progress())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("impressions/0");
            assertThat(record.value().getWatermark()).isEqualTo(NOON.plusSeconds(20));
        });
    }

    @Test
    void passesTheTrafficOfAProjectOnInItsOwnPartition() {
        // given
        var message = new FlowMessage(new ProjectTraffic("shop", "production", NOON, 5L));

        // when
        driver.pipe(topics.deltas(), null, message);

        // then
        assertThat(driver.read(topics.traffic())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("#0");
            assertThat(record.value()).isEqualTo(message);
        });
    }

    private ExperimentDeltas add(String experiment, QuarterCount... counts) {
        var deltas = new ExperimentDeltas("shop", "production", experiment, CountingPolicy.EVALUATION, List.of(counts));
        driver.pipe(topics.deltas(), "#0", new FlowMessage(new DeltaBatch(List.of(deltas))));
        return deltas;
    }

    private void watermark(int source, Instant readUpTo) {
        driver.pipe(topics.deltas(), null, new FlowMessage(new Watermark(source, readUpTo)));
    }

    private static Instant quarter(int number) {
        return NOON.plusSeconds(900L * number);
    }
}
