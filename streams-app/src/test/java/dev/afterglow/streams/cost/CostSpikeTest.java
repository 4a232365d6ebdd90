package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CostSpikeTest {

    private static final Instant END = NOON.plusSeconds(900);
    private static final Duration SETTLE = Duration.ofMinutes(2);

    private final CostBench cost = new CostBench();

    @BeforeEach
    void begin() {
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.watermark(NOON);
    }

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void alertsTwoMinutesAfterTheEndOfAQuarterHourAtItsTime() {
        // given
        history("checkout", 1_000);
        cost.use("checkout", 10_000, 0);

        // when, then
        reach(END.plus(SETTLE).minusMillis(1));
        assertThat(cost.alerts()).isEmpty();
        reach(END.plus(SETTLE));
        assertThat(cost.driver.read(cost.topics.costAlerts())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("acme");
            assertThat(record.value().getAlertId())
                    .isEqualTo("SPIKE/acme/shop/production/checkout/2026-11-03T12:00:00Z");
            assertThat(record.value().getAt()).isEqualTo(END);
            assertThat(record.value().getTeam()).isEqualTo("growth");
            assertThat(record.value().getSpike().getExcessCostMicros()).isEqualTo(90_000);
            assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("dev.afterglow.spike.open");
            assertThat(new String(record.headers().lastHeader("ce_time").value(), StandardCharsets.UTF_8))
                    .isEqualTo(END.toString());
        });
        assertThat(cost.driver.read(cost.topics.openAlerts()))
                .extracting(TestRecord::key)
                .containsExactly("SPIKE/acme/shop/production/checkout/2026-11-03T12:00:00Z");
    }

    @Test
    void resolvesWithoutAnyTraffic() {
        // given
        history("checkout", 1_000);
        cost.use("checkout", 10_000, 0);
        reach(END.plus(SETTLE));
        cost.alerts();

        // when, then
        reach(END.plus(SETTLE).plus(Duration.ofHours(2)).minusMillis(1));
        assertThat(cost.alerts()).isEmpty();
        reach(END.plus(SETTLE).plus(Duration.ofHours(2)));
        assertThat(cost.alerts())
                .extracting(CostAlert::getStatus, CostAlert::getAt)
                .containsExactly(tuple(AlertStatus.RESOLVED, END.plus(Duration.ofHours(2))));
        assertThat(cost.driver.read(cost.topics.openAlerts()).get(1).value()).isNull();
    }

    @Test
    void pagesNobodyAboutHistoryThatIsLoaded() {
        // given
        history("checkout", 1_000);

        // when what happened an hour ago arrives
        cost.use("checkout", "growth", quarter(NOON.minusSeconds(3_600), 100_000));
        reach(NOON.plus(Duration.ofHours(1)));

        // then
        assertThat(cost.alerts()).isEmpty();
    }

    @Test
    void tellsOfTheAccountWhenMoreExperimentsSpikeThanAreTold() {
        // given
        var experiments = IntStream.rangeClosed(11, 23).mapToObj(i -> "e" + i).toList();
        experiments.forEach(experiment -> history(experiment, 1_000));

        // when
        experiments.forEach(experiment -> cost.use(experiment, 10_000, 0));
        reach(END.plus(SETTLE));

        // then
        var alerts = cost.alerts();
        assertThat(alerts).hasSize(SpikeDesk.MOST_OPEN + 1).allMatch(alert -> alert.getKind() == CostKind.SPIKE);
        var ofAccount = alerts.get(alerts.size() - 1);
        assertThat(ofAccount.getAlertId()).isEqualTo("SPIKE/acme/2026-11-03T12:00:00Z");
        assertThat(ofAccount.getSpike().getExperiment()).isNull();
        assertThat(ofAccount.getSpike().getOthers()).isEqualTo(3);
    }

    @Test
    void tellsOfTheAccountWhenAnExperimentIsTooNewToHaveAUsual() {
        // given
        history("checkout", 1_000);

        // when
        cost.use("new", 10_000, 0);
        reach(END.plus(SETTLE));

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getAlertId).containsExactly("SPIKE/acme/2026-11-03T12:00:00Z");
    }

    @Test
    void doesNotTellOfTheAccountWhatAnExperimentExplains() {
        history("checkout", 1_000);
        history("other", 1_000);

        cost.use("checkout", 100_000, 0);
        cost.use("other", 1_100, 0);
        reach(END.plus(SETTLE));

        assertThat(cost.alerts())
                .extracting(alert -> alert.getSpike().getExperiment())
                .containsExactly("checkout");
    }

    @Test
    void reportsItsProgressWhenAllIsJudged() {
        // given
        history("checkout", 1_000);
        cost.use("checkout", 10_000, 0);

        // when
        reach(END.plus(Duration.ofDays(2)));

        // then
        assertThat(cost.driver.read(cost.topics.progress()))
                .extracting(record -> record.value().getWatermark())
                .endsWith(END.plus(Duration.ofDays(2)));
        assertThat(cost.alerts())
                .extracting(CostAlert::getStatus)
                .containsExactly(AlertStatus.OPEN, AlertStatus.RESOLVED);
    }

    private void history(String experiment, long impressions) {
        var quarters = IntStream.rangeClosed(1, 14)
                .mapToObj(day -> quarter(NOON.minus(Duration.ofDays(day)), impressions))
                .toArray(UsageQuarter[]::new);
        cost.use(experiment, "growth", quarters);
    }

    private void reach(Instant watermark) {
        cost.judge(watermark);
    }

    private static UsageQuarter quarter(Instant quarter, long impressions) {
        return new UsageQuarter(quarter, impressions, 0L);
    }
}
