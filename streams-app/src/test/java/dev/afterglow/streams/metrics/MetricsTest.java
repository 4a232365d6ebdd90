package dev.afterglow.streams.metrics;

import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.progress.SettlementStatus;
import dev.afterglow.streams.readmodel.Samples;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void countsEvaluationsByWhatBecameOfThem() {
        // given
        List<IntakeLedger> ledgers = new ArrayList<>();
        metrics.add(new ConservationMeters(() -> ledgers));
        ledgers.add(Samples.ledger(0, 10, 2, 3, 0));

        // when
        var text = metrics.scrape();

        // then
        assertThat(text)
                .contains("afterglow_evaluations_received_total 15.0")
                .contains("afterglow_evaluations_total{outcome=\"counted\",reason=\"\"} 10.0")
                .contains("afterglow_evaluations_total{outcome=\"dead_lettered\",reason=\"WRONG_MAGIC\"} 3.0")
                .contains("afterglow_conservation_holds 1.0");
    }

    @Test
    void showsAReasonThatComesUpLater() {
        // given
        List<IntakeLedger> ledgers = new ArrayList<>();
        metrics.add(new ConservationMeters(() -> ledgers));
        assertThat(metrics.scrape()).doesNotContain("WRONG_MAGIC");

        // when
        ledgers.add(Samples.ledger(0, 0, 0, 1, 0));

        // then
        assertThat(metrics.scrape()).contains("reason=\"WRONG_MAGIC\"} 1.0");
    }

    @Test
    void showsHowFarTheFlowHasCome() {
        // given
        var status = new SettlementStatus(
                true, Optional.of(HOUR.minusSeconds(5)), Optional.empty(), HOUR, Map.of("intake", 7L));
        metrics.add(new FlowMeters(() -> status, () -> true, () -> 2, Clock.fixed(HOUR, ZoneOffset.UTC)));

        // when
        var text = metrics.scrape();

        // then
        assertThat(text)
                .contains("afterglow_settled 1.0")
                .contains("afterglow_watermark_age_seconds 5.0")
                .contains("afterglow_lag_records{stage=\"intake\"} 7.0")
                .contains("afterglow_read_model_skipped_records_total 2.0");
    }

    @Test
    void showsTheVirtualMachine() {
        assertThat(metrics.scrape()).contains("jvm_memory_used_bytes").contains("jvm_threads_live_threads");
    }
}
