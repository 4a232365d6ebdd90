package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static dev.afterglow.streams.cleanup.CleanupBench.sums;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleanupUsageTest {

    private final CleanupBench cleanup = new CleanupBench();

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void billsTrafficToTheAccountOfItsProject() {
        // given
        cleanup.policies.add(FakePolicies.shop(1).setAccount("acme"));

        // when
        cleanup.traffic(NOON, 5);

        // then
        assertThat(cleanup.driver.read(cleanup.topics.usage()))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("acme"));
    }

    @Test
    void billsTrafficAtFullRolloutAsLeftover() {
        // given
        cleanup.define(Experiments.full(1, NOON.plusSeconds(1)));

        // when
        cleanup.traffic(NOON, 5);
        cleanup.traffic(NOON.plusSeconds(900), 7);

        // then
        assertThat(cleanup.usage())
                .flatExtracting(usage -> usage.getQuarters())
                .containsExactly(new UsageQuarter(NOON, 5L, 0L), new UsageQuarter(NOON.plusSeconds(900), 7L, 7L));
    }

    @Test
    void billsAnewWhenADefinitionArrivesAfterItsTraffic() {
        // given
        cleanup.traffic(NOON, 5);
        cleanup.traffic(NOON.plusSeconds(3600), 7);
        cleanup.usage();

        // when
        cleanup.define(Experiments.full(1, NOON));

        // then
        assertThat(sums(cleanup.usage())).isEqualTo(Map.of("default", List.of(0L, 12L)));
    }

    @Test
    void takesLeftoversBackWhenALaterVersionDeniesThem() {
        // given
        cleanup.define(Experiments.full(1, NOON));
        cleanup.traffic(NOON, 5);
        cleanup.traffic(NOON.plusSeconds(3600), 7);
        cleanup.usage();

        // when it was a flag from one o'clock on
        cleanup.define(Experiments.full(2, NOON.plusSeconds(3600)).setKind(ExperimentKind.FEATURE_FLAG));

        // then
        assertThat(cleanup.usage())
                .flatExtracting(usage -> usage.getQuarters())
                .containsExactly(new UsageQuarter(NOON.plusSeconds(3600), 0L, -7L));
    }

    @Test
    void movesUsageExactlyWhenAPolicyNamesAnotherAccount() {
        // given
        cleanup.define(Experiments.full(1, NOON.plusSeconds(3600)));
        cleanup.traffic(NOON, 5);
        cleanup.traffic(NOON.plusSeconds(3600), 7);
        var before = cleanup.usage();

        // when
        cleanup.policies.add(FakePolicies.shop(1).setAccount("acme"));
        cleanup.driver.advance(Duration.ofSeconds(1));

        // then
        var moved = cleanup.usage();
        assertThat(sums(before)).isEqualTo(Map.of("default", List.of(12L, 7L)));
        assertThat(sums(moved)).isEqualTo(Map.of("default", List.of(-12L, -7L), "acme", List.of(12L, 7L)));
    }

    @Test
    void movesOnlyTheHoursFromWhichAPolicyIsInForce() {
        // given
        cleanup.policies.add(FakePolicies.shop(1).setAccount("old"));
        cleanup.traffic(NOON, 5);
        cleanup.traffic(NOON.plusSeconds(3600), 7);
        cleanup.usage();

        // when
        cleanup.policies.add(FakePolicies.shop(2).setAccount("new").setEffectiveFrom(NOON.plusSeconds(3600)));
        cleanup.driver.advance(Duration.ofSeconds(1));

        // then
        assertThat(sums(cleanup.usage())).isEqualTo(Map.of("old", List.of(-7L, 0L), "new", List.of(7L, 0L)));
    }

    @Test
    void doesNotBillAnewWhatAPolicyLeavesAlone() {
        // given
        cleanup.traffic(NOON, 5);
        cleanup.usage();

        // when
        cleanup.policies.add(FakePolicies.shop(1).setWarnAfterDays(3));
        cleanup.driver.advance(Duration.ofSeconds(1));

        // then
        assertThat(cleanup.usage()).isEmpty();
    }

    @Test
    void tellsCostOfNewOwnersThoughNothingIsBilledAnew() {
        // given
        cleanup.define(Experiments.split(1, NOON));
        cleanup.traffic(NOON, 5);
        cleanup.usage();

        // when
        cleanup.define(Experiments.split(2, NOON.plusSeconds(60)).setOwnerTeam("payments"));

        // then
        assertThat(cleanup.usage()).singleElement().satisfies(usage -> {
            assertThat(usage.getTeam()).isEqualTo("payments");
            assertThat(usage.getAccount()).isEqualTo("default");
            assertThat(usage.getQuarters()).isEmpty();
        });
    }

    @Test
    void passesTheWatermarkOnToEveryPartitionAndReportsIt() {
        // when
        cleanup.watermark(NOON);

        // then
        assertThat(cleanup.driver.read(cleanup.topics.usage())).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.value().getBody()).isEqualTo(new Watermark(0, NOON));
        });
        assertThat(cleanup.driver.read(cleanup.topics.progress()))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("cleanup/0"));
    }
}
