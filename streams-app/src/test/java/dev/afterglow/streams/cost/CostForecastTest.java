package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.Forecast;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.state.UsageQuarter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten impressions a day from 1 October on, each at 1,000 micro-units, the first 100 of a month free. */
class CostForecastTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-10-01");

    private final CostBench cost = new CostBench();
    private List<AccountCost> published;
    private AccountCost newest;

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void saysWhereTheMonthWillEndFromItsFullDays() {
        // given
        plan(1, Instant.EPOCH, "UTC", 1_000);
        use(ZoneOffset.UTC, LocalDate.parse("2026-11-10"));

        // when the tenth is over, and has settled
        publishAt(Instant.parse("2026-11-11T00:15:00Z"));

        // then
        assertThat(forecast())
                .isEqualTo(new Forecast(
                        "recent-level-by-weekday",
                        300L,
                        200_000L,
                        200_000L,
                        200_000L,
                        Instant.parse("2026-11-11T00:00:00Z")));
    }

    @Test
    void waitsForADayToSettle() {
        // given
        plan(1, Instant.EPOCH, "UTC", 1_000);
        use(ZoneOffset.UTC, LocalDate.parse("2026-11-10"));

        // when
        publishAt(Instant.parse("2026-11-11T00:14:59Z"));

        // then
        assertThat(forecast().getAsOf()).isEqualTo(Instant.parse("2026-11-10T00:00:00Z"));
    }

    @Test
    void takesTheDaysOfTheZoneOfTheAccount() {
        // given half past six in the evening in UTC is midnight there
        plan(1, Instant.EPOCH, "Asia/Kolkata", 1_000);
        use(ZoneId.of("Asia/Kolkata"), LocalDate.parse("2026-11-10"));

        // when
        publishAt(Instant.parse("2026-11-10T18:45:00Z"));

        // then
        assertThat(forecast().getAsOf()).isEqualTo(Instant.parse("2026-11-10T18:30:00Z"));
        assertThat(forecast().getImpressions()).isEqualTo(300);
    }

    @Test
    void pricesWhatIsToComeByThePlanOfItsTime() {
        // given the last ten days cost twice as much
        plan(1, Instant.EPOCH, "UTC", 1_000);
        plan(2, Instant.parse("2026-11-21T00:00:00Z"), "UTC", 2_000);
        use(ZoneOffset.UTC, LocalDate.parse("2026-11-10"));

        // when
        publishAt(Instant.parse("2026-11-11T00:15:00Z"));

        // then
        assertThat(forecast().getCostMicros()).isEqualTo(100 * 1_000 + 100 * 2_000);
    }

    @Test
    void saysNothingOnTheFirstDayAndOfAMonthThatIsOver() {
        // given
        plan(1, Instant.EPOCH, "UTC", 1_000);
        use(ZoneOffset.UTC, LocalDate.parse("2026-11-01"));

        // when
        publishAt(Instant.parse("2026-11-01T23:00:00Z"));

        // then
        assertThat(published)
                .hasSize(2)
                .allSatisfy(account -> assertThat(account.getForecast()).isNull());
    }

    private void plan(long version, Instant from, String zone, long price) {
        cost.accounts.add(PricePlan.newBuilder()
                .setAccount("acme")
                .setVersion(version)
                .setEffectiveFrom(from)
                .setCurrency("EUR")
                .setZone(zone)
                .setIncludedImpressions(100)
                .setTiers(List.of(new PriceTier(null, price, 1L))));
    }

    private void use(ZoneId zone, LocalDate last) {
        FIRST.datesUntil(last.plusDays(1)).forEach(day -> {
            var noon = day.atTime(12, 0).atZone(zone).toInstant();
            cost.use("checkout", "growth", new UsageQuarter(noon, 10L, 0L));
        });
    }

    private void publishAt(Instant watermark) {
        cost.watermark(watermark);
        cost.publish();
        published = cost.accountCosts();
        newest = published.stream()
                .filter(account -> account.getPeriod().equals("2026-11"))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    private Forecast forecast() {
        return newest.getForecast();
    }
}
