package dev.afterglow.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoReportTest {

    private final Fleet fleet = Fleet.at(Records.NOW);
    private final Expectation expected = Expectation.of(fleet, new TrafficGenerator(fleet, 7, 5_000));
    private final Actual perfect = Perfect.answer(expected);

    @Test
    void findsNothingWrongWithAPerfectAnswer() {
        // when
        var report = report(perfect);

        // then
        assertThat(report.differences()).isZero();
        assertThat(report.lines()).contains("Differences: 0").noneMatch(line -> line.contains("DIFFERENCE"));
    }

    @Test
    void namesTheHourInWhichOneImpressionIsMissing() {
        // given
        var key = expected.counts().keySet().iterator().next();
        var entry = perfect.counts().get(key).entrySet().iterator().next();
        entry.setValue(entry.getValue() - 1);

        // when
        var report = report(perfect);

        // then
        assertThat(report.differences()).isEqualTo(1);
        assertThat(report.lines())
                .anyMatch(line -> line.contains("DIFFERENCE: " + key)
                        && line.contains(entry.getKey().hour().toString()));
    }

    @Test
    void noticesImpressionsInAnHourThatShouldHaveNone() {
        // given
        var key = expected.counts().keySet().iterator().next();
        perfect.counts().get(key).put(new Cell("control", Records.NOW.plus(Duration.ofDays(9))), 1L);

        // then
        assertThat(report(perfect).differences()).isEqualTo(1);
    }

    @Test
    void noticesATotalThatContradictsItsHours() {
        // given
        var key = expected.counts().keySet().iterator().next();
        perfect.totals().merge(key, 1L, Long::sum);

        // then
        assertThat(report(perfect).differences()).isEqualTo(1);
    }

    @Test
    void noticesADuplicateThatWasCounted() {
        // given
        var was = expected.conservation();
        var ledger = new Conservation(
                was.received(),
                was.counted() + 1,
                was.duplicate() - 1,
                was.excluded(),
                was.deadLettered(),
                was.conflicts(),
                was.reasons());

        // then
        assertThat(report(with(ledger)).differences()).isEqualTo(2);
    }

    @Test
    void noticesALedgerThatDoesNotAddUp() {
        // given
        var was = expected.conservation();
        var ledger = new Conservation(
                was.received() + 1,
                was.counted(),
                was.duplicate(),
                was.excluded(),
                was.deadLettered(),
                was.conflicts(),
                Map.of());

        // when
        var report = report(with(ledger));

        // then
        assertThat(report.lines()).contains("  DIFFERENCE: the ledger does not add up");
    }

    @Test
    void noticesADeadLetterUnderAnotherReason() {
        // given
        var was = expected.conservation();
        var reasons = new HashMap<>(was.reasons());
        reasons.merge("EMPTY", 1L, Long::sum);
        reasons.merge("FUTURE", -1L, Long::sum);
        var ledger = new Conservation(
                was.received(),
                was.counted(),
                was.duplicate(),
                was.excluded(),
                was.deadLettered(),
                was.conflicts(),
                reasons);

        // then
        assertThat(report(with(ledger)).differences()).isEqualTo(1);
    }

    @Test
    void noticesOneMicroTooMuch() {
        // given
        var bills = new ArrayList<>(expected.bills());
        var bill = bills.remove(0);
        bills.add(new Bill(
                bill.account(),
                bill.period(),
                bill.currency(),
                bill.impressions(),
                bill.costMicros() + 1,
                bill.wastedMicros(),
                bill.lines()));

        // then
        assertThat(report(withBills(bills)).differences()).isEqualTo(1);
    }

    @Test
    void noticesABillThatIsNotThere() {
        assertThat(report(withBills(List.of())).differences()).isPositive();
    }

    @Test
    void noticesAnAlertThatDidNotOpen() {
        // given
        var alerts = new ArrayList<>(perfect.alerts());
        var missing = alerts.remove(0);

        // when
        var report = report(withAlerts(alerts));

        // then
        assertThat(report.differences()).isEqualTo(1);
        assertThat(report.lines()).anyMatch(line -> line.contains(missing.subject()) && line.contains("got none"));
    }

    @Test
    void noticesAnAlertInAnotherState() {
        // given
        var alerts = new ArrayList<>(perfect.alerts());
        var alert = alerts.remove(0);
        alerts.add(new ActualAlert(alert.alertId(), alert.kind(), alert.subject(), "RESOLVED", ""));

        // then
        assertThat(report(withAlerts(alerts)).differences()).isEqualTo(1);
    }

    @Test
    void noticesAnAlertThatNobodyExpected() {
        // given
        var alerts = new ArrayList<>(perfect.alerts());
        alerts.add(new ActualAlert("x", "LEFTOVER_ROLLOUT", "shop/production/new-navigation", "RESOLVED", ""));

        // then
        assertThat(report(withAlerts(alerts)).differences()).isEqualTo(1);
    }

    @Test
    void toleratesAnEarlierEpisodeOfAnOpenAlert() {
        // given
        var alerts = new ArrayList<>(perfect.alerts());
        alerts.add(new ActualAlert("0", alerts.get(0).kind(), alerts.get(0).subject(), "RESOLVED", ""));

        // then
        assertThat(report(withAlerts(alerts)).differences()).isZero();
    }

    @Test
    void doesNotJudgeABudgetWhosePeriodEndedMeanwhile() {
        // given
        var alerts = perfect.alerts().stream()
                .map(alert -> alert.kind().equals(ExpectedAlert.BUDGET_ACTUAL)
                        ? new ActualAlert(alert.alertId(), alert.kind(), alert.subject(), "RESOLVED", "")
                        : alert)
                .toList();

        // when
        var report = DemoReport.of(expected, withAlerts(alerts), Records.NOW.plus(Duration.ofDays(31)));

        // then
        assertThat(report.differences()).isZero();
    }

    private DemoReport report(Actual actual) {
        return DemoReport.of(expected, actual, Records.NOW);
    }

    private Actual with(Conservation ledger) {
        return new Actual(perfect.counts(), perfect.totals(), ledger, perfect.bills(), perfect.alerts());
    }

    private Actual withBills(List<Bill> bills) {
        return new Actual(perfect.counts(), perfect.totals(), perfect.conservation(), bills, perfect.alerts());
    }

    private Actual withAlerts(List<ActualAlert> alerts) {
        return new Actual(perfect.counts(), perfect.totals(), perfect.conservation(), perfect.bills(), alerts);
    }
}
