package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PeriodUsageTest {

    private static final Instant MOVES = Instant.parse("2026-04-01T00:00:00Z");

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @Test
    void hasAPriceForTheNextImpressionAlsoWhereAChangeOfZoneLeavesAGap() {
        // given March ends in Berlin, and goes on in New York two hours later
        var plans = PlanHistory.of(
                List.of(plan(1, Instant.EPOCH, "Europe/Berlin", 5), plan(2, MOVES, "America/New_York", 7)));
        var march = new PeriodUsage(plans.pricing(YearMonth.of(2026, 3)), new long[0]);
        var april = new PeriodUsage(plans.pricing(YearMonth.of(2026, 4)), new long[0]);

        // then what came last before it holds
        assertThat(march.pricing().segments()).hasSizeGreaterThan(1);
        assertThat(march.marginalAt(MOVES.minus(Duration.ofHours(1))).micros()).isEqualTo(5);
        assertThat(march.marginalAt(MOVES.plus(Duration.ofHours(1))).micros()).isEqualTo(7);
        assertThat(april.marginalAt(MOVES.minus(Duration.ofHours(1))).micros()).isEqualTo(5);
        assertThat(april.marginalAt(MOVES.plus(Duration.ofHours(1))).micros()).isEqualTo(5);
        assertThat(april.marginalAt(april.pricing().end()).micros()).isEqualTo(7);
    }

    private static PricePlan plan(long version, Instant from, String zone, long micros) {
        return PricePlan.newBuilder()
                .setAccount("acme")
                .setVersion(version)
                .setEffectiveFrom(from)
                .setCurrency("USD")
                .setZone(zone)
                .setTiers(List.of(new PriceTier(null, micros, 1L)))
                .build();
    }
}
