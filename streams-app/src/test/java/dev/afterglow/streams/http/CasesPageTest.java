package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.OpenAlert;
import dev.afterglow.streams.readmodel.Samples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CasesPageTest extends ServedModel {

    private static final String PATH = "/api/v1/cases";
    private static final String ALERT = "LEFTOVER_ROLLOUT/shop/production/button/-/";

    @Test
    void listsTheOpenCasesOldestFirst() throws Exception {
        // given
        open(1, AlertStatus.OPEN, HOUR, null);
        open(2, AlertStatus.ESCALATED, HOUR.minus(Duration.ofDays(3)), "growth");

        // when
        var cases = get(PATH, 200).get("cases");

        // then
        assertThat(cases).hasSize(2);
        assertThat(fields(cases.get(0), "alertId", "kind", "status", "experiment", "team", "openedAt"))
                .isEqualTo(ALERT + "2 LEFTOVER_ROLLOUT ESCALATED shop/production/button growth 2019-11-21T00:00:00Z");
        assertThat(cases.get(1).get("team").isNull()).isTrue();
    }

    @Test
    void listsThemForPeople() throws Exception {
        // given
        open(1, AlertStatus.OPEN, HOUR, null);
        open(2, AlertStatus.ESCALATED, HOUR.minus(Duration.ofDays(3)), "growth");

        // then
        assertThat(send(PATH + "?format=text").body().lines())
                .containsExactly(
                        "kind              status     experiment              open since        team",
                        "LEFTOVER_ROLLOUT  ESCALATED  shop/production/button  2019-11-21 00:00  growth",
                        "LEFTOVER_ROLLOUT  OPEN       shop/production/button  2019-11-24 00:00  -",
                        "",
                        "2 cases are open.");
    }

    @Test
    void leavesOutAlertsAboutMoney() throws Exception {
        // given
        var cost = Samples.costAlert("BUDGET_ACTUAL/acme-month/2019-11/100/1", AlertStatus.OPEN, HOUR);
        model.put(
                TOPICS.openAlerts(),
                cost.getAlertId(),
                OpenAlert.newBuilder()
                        .setAlertId(cost.getAlertId())
                        .setSubject("acme-month")
                        .setKind(cost.getKind().name())
                        .setStatus(cost.getStatus())
                        .setSeverity(cost.getSeverity())
                        .setOpenedAt(HOUR)
                        .setAt(HOUR)
                        .setSummary(cost.getSummary())
                        .setCost(cost)
                        .build());

        // then
        assertThat(get(PATH, 200).get("cases")).isEmpty();
        assertThat(send(PATH + "?format=text").body()).isEqualTo("0 cases are open.\n");
    }

    private void open(int episode, AlertStatus status, Instant openedAt, String team) {
        var alert = CleanupAlert.newBuilder(Samples.cleanupAlert(ALERT + episode, status, HOUR))
                .setOpenedAt(openedAt)
                .setTeam(team)
                .build();
        model.put(TOPICS.openAlerts(), alert.getAlertId(), Samples.open(alert));
    }
}
