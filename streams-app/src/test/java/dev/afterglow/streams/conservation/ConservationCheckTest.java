package dev.afterglow.streams.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.contract.OperatorKind;
import dev.afterglow.contract.Severity;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConservationCheckTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    @Test
    void findsNothingWhereEverythingIsAccountedFor() {
        assertThat(ConservationCheck.check(ledger(10, 4))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 11})
    void findsOneEvaluationTooFewOrTooMany(long received) {
        assertThat(ConservationCheck.check(ledger(received, 4))).hasValueSatisfying(violation -> {
            assertThat(violation.subject()).isEqualTo("evaluations/3");
            assertThat(violation.expected()).isEqualTo(received);
            assertThat(violation.found()).isEqualTo(10);
            assertThat(violation.detail())
                    .isEqualTo(received + " received, but 4 counted + 3 duplicate + 2 excluded + 1 dead-lettered = 10");
        });
    }

    @Test
    void takesASumThatDoesNotFitForAViolation() {
        assertThat(ConservationCheck.check(ledger(10, Long.MAX_VALUE))).isPresent();
    }

    @Test
    void makesACriticalAlertOfIt() {
        var alert = ConservationCheck.check(ledger(11, 4)).orElseThrow().alert(NOON);

        assertThat(alert.getAlertId()).isEqualTo("conservation/evaluations/3");
        assertThat(alert.getKind()).isEqualTo(OperatorKind.CONSERVATION);
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.OPEN);
        assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.getSummary()).contains("11 received").contains("afterglow audit");
        assertThat(alert.getEvidence()).containsEntry("expected", "11").containsEntry("found", "10");
    }

    private static IntakeLedger ledger(long received, long counted) {
        return IntakeLedger.newBuilder()
                .setTopic("evaluations")
                .setPartition(3)
                .setNextOffset(100)
                .setReceived(received)
                .setCounted(counted)
                .setDuplicate(3)
                .setExcluded(Map.of("REPEAT", 1L, "LIMIT", 1L))
                .setDeadLettered(Map.of("EMPTY", 1L))
                .build();
    }
}
