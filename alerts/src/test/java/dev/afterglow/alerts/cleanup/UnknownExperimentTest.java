package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.NextStep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody has defined it; it is evaluated each hour from 2026-11-03 10:00 on. */
class UnknownExperimentTest {

    private final Desk desk = new Desk();

    @Test
    void opensAfterADayAndEscalatesByAge() {
        // given
        desk.traffic.hourly(START, day(40), 5);

        // when
        for (var hour = hourOnDay(0); hour.isBefore(hourOnDay(31)); hour = hour.plusSeconds(3_600)) {
            desk.judge(hour);
        }

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("UNKNOWN_EXPERIMENT OPEN", "UNKNOWN_EXPERIMENT ESCALATED");
        assertThat(desk.alerts)
                .extracting(CleanupAlert::getAt)
                .containsExactly(hourOnDay(1).plusSeconds(3_600), hourOnDay(30));
        var alert = desk.alerts.get(0);
        assertThat(alert.getAlertId()).isEqualTo("UNKNOWN_EXPERIMENT/shop/production/checkout-cta/-/1");
        assertThat(alert.getSummary())
                .isEqualTo("shop/production/checkout-cta has no definition, but is evaluated since 2026-11-03 and"
                        + " consumed 5 impressions in the last 24 h: define it, or remove its evaluation from the"
                        + " code.");
        assertThat(alert.getEvidence().getDefinitionVersion()).isNull();
        assertThat(alert.getEvidence().getSince()).isEqualTo(hourOnDay(0));
        assertThat(alert.getNextSteps()).extracting(NextStep::getDone).containsExactly(false, false);
    }

    @Test
    void resolvesWhenItIsDefinedWhateverItsRun() {
        // given
        open();

        // when
        desk.define(Fixtures.definition(1, day(3), version -> version.setRun("first")));
        desk.judge(day(3));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("UNKNOWN_EXPERIMENT OPEN", "UNKNOWN_EXPERIMENT RESOLVED DEFINED");
        assertThat(desk.alerts.get(1).getAt()).isEqualTo(day(3));
        assertThat(desk.alerts.get(1).getSummary()).endsWith("is resolved: it has a definition now.");
        assertThat(desk.alerts.get(1).getNextSteps().get(1).getDone()).isTrue();
    }

    @Test
    void saysNothingOfOneThatIsDefinedWithinADay() {
        // given
        desk.traffic.hourly(START, day(40), 5);
        desk.judge(hourOnDay(0).plusSeconds(3_600));
        desk.define(split(1, START.plusSeconds(80_000)));
        desk.judge(START.plusSeconds(80_000));

        // when
        desk.followDueTimes(hourOnDay(5));

        // then
        assertThat(desk.alerts).isEmpty();
        assertThat(desk.file.getMachines()).isEmpty();
    }

    @Test
    void resolvesWhenItsTrafficStops() {
        // given
        open();

        // when
        desk.followDueTimes(hourOnDay(12));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("UNKNOWN_EXPERIMENT OPEN", "UNKNOWN_EXPERIMENT RESOLVED TRAFFIC_STOPPED");
    }

    @Test
    void isSparedWhereItsProjectNamesIt() {
        // given
        open();

        // when
        desk.under(policy(rules -> rules.setExemptExperiments(List.of(KEY.experiment()))));
        desk.judge(hourOnDay(2));

        // then
        assertThat(desk.alerts).extracting(Desk::brief).last().isEqualTo("UNKNOWN_EXPERIMENT RESOLVED EXEMPTED");
    }

    @Test
    void leavesAlertsAloneThatRestOnADefinitionYetToCome() {
        // given a definition that takes effect later
        desk.traffic.hourly(START, day(40), 5);
        desk.define(split(1, day(3)));
        desk.judge(hourOnDay(1).plusSeconds(3_600));

        // when
        desk.followDueTimes(hourOnDay(4));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("UNKNOWN_EXPERIMENT OPEN", "UNKNOWN_EXPERIMENT RESOLVED DEFINED");
    }

    @Test
    void saysNothingOfAStray() {
        // given
        desk.traffic.add(hourOnDay(0), 1).add(hourOnDay(31), 1);

        // when
        for (var hour = hourOnDay(0); hour.isBefore(hourOnDay(33)); hour = hour.plusSeconds(3_600)) {
            desk.judge(hour);
        }

        // then not even when it comes again, a month later
        assertThat(desk.alerts).isEmpty();
    }

    @Test
    void beginsAnewAfterADayWithoutTraffic() {
        // given
        open();
        desk.traffic.hourly(day(20), day(25), 5);

        // when
        for (var hour = hourOnDay(2); hour.isBefore(hourOnDay(24)); hour = hour.plusSeconds(3_600)) {
            desk.judge(hour);
        }

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly(
                        "UNKNOWN_EXPERIMENT OPEN",
                        "UNKNOWN_EXPERIMENT RESOLVED TRAFFIC_STOPPED",
                        "UNKNOWN_EXPERIMENT OPEN");
        assertThat(desk.alerts.get(2).getEvidence().getSince()).isEqualTo(hourOnDay(20));
    }

    private void open() {
        desk.traffic.hourly(START, day(10), 5);
        desk.judge(hourOnDay(1).plusSeconds(3_600));
        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("UNKNOWN_EXPERIMENT OPEN");
    }
}
