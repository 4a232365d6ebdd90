package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.BUTTON;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.PeriodCorrection;
import dev.afterglow.contract.PeriodFigures;
import dev.afterglow.contract.PeriodStatus;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.progress.SettlementStatus;
import dev.afterglow.streams.readmodel.Samples;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpServerTest extends ServedModel {

    @Test
    void listsExperimentsCountedOrDefined() throws Exception {
        // given
        count(BUTTON, "on", 5);
        model.put(TOPICS.experiments(), AWKWARD.toString(), Samples.definition(AWKWARD, 1, HOUR));

        // when
        var rows = get("/api/v1/experiments", 200).get("experiments");

        // then
        assertThat(rows).hasSize(2);
        assertThat(fields(rows.get(0), "project", "environment", "experiment", "impressions", "status"))
                .isEqualTo("shop production button 5 UNKNOWN");
        assertThat(fields(rows.get(1), "project", "environment", "experiment", "impressions", "status"))
                .isEqualTo("shop test a/b %ü 0 FULL_ROLLOUT");
    }

    @Test
    void filtersAndPagesTheList() throws Exception {
        // given
        count(BUTTON, "on", 5);
        count(AWKWARD, "on", 5);
        count(new ExperimentKey("other", "test", "x"), "on", 5);

        // when, then
        assertThat(get("/api/v1/experiments?project=shop&environment=test", 200).get("experiments"))
                .hasSize(1);
        var first = get("/api/v1/experiments?limit=2", 200);
        assertThat(first.get("experiments")).hasSize(2);
        var second =
                get("/api/v1/experiments?after=" + first.get("next").asText().replace("%", "%25"), 200);
        assertThat(second.get("experiments")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void showsAnExperimentByVariantAndHour() throws Exception {
        // given
        count(BUTTON, "on", 5);
        count(BUTTON, "off", 2);

        // when
        var detail = get("/api/v1/experiments/shop/production/button", 200);

        // then
        assertThat(fields(detail, "project", "environment", "experiment", "impressions", "policy"))
                .isEqualTo("shop production button 7 EVALUATION");
        assertThat(detail.get("variants").toString())
                .isEqualTo("[{\"variant\":\"off\",\"impressions\":2},{\"variant\":\"on\",\"impressions\":5}]");
        assertThat(detail.get("hours").get(1).toString())
                .isEqualTo("{\"hour\":\"2019-11-24T00:00:00Z\",\"variant\":\"on\",\"impressions\":5,\"revision\":1}");
    }

    @Test
    void findsAnExperimentWhoseKeyHoldsASlash() throws Exception {
        // given
        count(AWKWARD, "on", 5);

        // when
        var detail = get("/api/v1/experiments/shop/test/a%2Fb%20%25%C3%BC", 200);

        // then
        assertThat(detail.get("experiment").asText()).isEqualTo("a/b %ü");
    }

    @Test
    void findsAnExperimentWhoseKeyLooksLikeAPath() throws Exception {
        // given
        count(new ExperimentKey("shop", "test", ".."), "on", 5);

        // when, then
        assertThat(get("/api/v1/experiments/shop/test/%2E%2E", 200)
                        .get("experiment")
                        .asText())
                .isEqualTo("..");
    }

    @Test
    void answersInJsonWhenTheRequestIsMalformed() throws Exception {
        assertThat(get("/api/v1/experiments//shop/%00", 400).get("remedy").asText())
                .isNotEmpty();
    }

    @Test
    void namesTheRemedyWhenAnExperimentIsUnknown() throws Exception {
        assertThat(get("/api/v1/experiments/shop/production/nothing", 404)
                        .get("remedy")
                        .asText())
                .contains("/api/v1/experiments");
    }

    @Test
    void refusesAProjectThatIsNoSlug() throws Exception {
        assertThat(get("/api/v1/experiments/Shop/production/button", 400)
                        .get("error")
                        .asText())
                .contains("Shop");
    }

    @Test
    void showsTheCostsOfTheCurrentPeriod() throws Exception {
        // given
        cost("2019-10", 1);
        cost("2019-11", 7);

        // when
        var costs = get("/api/v1/accounts/acme/costs", 200);

        // then
        assertThat(fields(costs, "account", "period", "currency", "impressions", "costMicros", "wastedMicros"))
                .isEqualTo("acme 2019-11 EUR 7 70 0");
        assertThat(fields(
                        costs.get("experiments").get(0),
                        "project",
                        "environment",
                        "experiment",
                        "impressions",
                        "costMicros",
                        "wastedMicros"))
                .isEqualTo("shop production button 7 70 0");
    }

    @Test
    void showsTheCostsOfThePeriodAskedFor() throws Exception {
        // given
        cost("2019-10", 1);
        cost("2019-11", 7);

        // when, then
        assertThat(get("/api/v1/accounts/acme/costs?period=2019-10", 200)
                        .get("impressions")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void tellsAPeriodThatGoesOnFromOneThatIsOver() throws Exception {
        // given
        cost("2019-10", 1);
        cost("2019-11", 7);
        status = new SettlementStatus(true, Optional.of(HOUR), Optional.of(HOUR), HOUR, Map.of());

        // when, then
        assertThat(fields(get("/api/v1/accounts/acme/costs?period=2019-11", 200), "status", "finalAt"))
                .isEqualTo("RUNNING null");
        assertThat(fields(get("/api/v1/accounts/acme/costs?period=2019-10", 200), "status", "finalAt"))
                .isEqualTo("CLOSED null");
    }

    @Test
    void showsHowMuchAFinalPeriodWasCorrected() throws Exception {
        // given
        var finals = new PeriodFigures(null, "EUR", 5L, 50L, 0L, 0L);
        var corrected = AccountCost.newBuilder(Samples.accountCost("acme", "2019-11", 7, 70))
                .setStatus(PeriodStatus.CORRECTED)
                .setFinalAt(HOUR)
                .setFinalFigures(finals)
                .setCorrection(new PeriodCorrection(2L, 20L, 0L, 0L))
                .build();
        model.put(TOPICS.accountCosts(), "acme/2019-11", corrected);

        // when
        var costs = get("/api/v1/accounts/acme/costs", 200);

        // then
        assertThat(fields(costs, "status", "finalAt")).isEqualTo("CORRECTED 2019-11-24T00:00:00Z");
        assertThat(fields(costs.get("finalFigures"), "currency", "impressions", "costMicros"))
                .isEqualTo("EUR 5 50");
        assertThat(fields(costs.get("correction"), "impressions", "costMicros")).isEqualTo("2 20");
    }

    @Test
    void refusesAPeriodThatIsNoMonth() throws Exception {
        assertThat(get("/api/v1/accounts/acme/costs?period=2019-13", 400)
                        .get("remedy")
                        .asText())
                .contains("YYYY-MM");
    }

    @Test
    void namesThePeriodsThatThereAre() throws Exception {
        // given
        cost("2019-10", 1);

        // when, then
        assertThat(get("/api/v1/accounts/acme/costs?period=2018-01", 404)
                        .get("remedy")
                        .asText())
                .contains("2019-10");
        assertThat(get("/api/v1/accounts/nobody/costs", 404).get("error").asText())
                .contains("nobody");
    }

    @Test
    void showsOpenAlertsUnlessAskedForAll() throws Exception {
        // given
        var open = Samples.cleanupAlert("open", AlertStatus.OPEN, HOUR);
        model.put(TOPICS.cleanupAlerts(), BUTTON.toString(), open);
        model.put(TOPICS.openAlerts(), "open", Samples.open(open));
        model.put(TOPICS.costAlerts(), "acme-month", Samples.costAlert("over", AlertStatus.RESOLVED, HOUR));

        // when
        var alerts = get("/api/v1/alerts", 200).get("alerts");

        // then
        assertThat(alerts).hasSize(1);
        assertThat(fields(alerts.get(0), "alertId", "kind", "status", "severity", "subject"))
                .isEqualTo("open LEFTOVER_ROLLOUT OPEN WARNING shop/production/button");
        assertThat(alerts.get(0).at("/evidence/since").asText()).isEqualTo("2019-11-24T00:00:00Z");
        assertThat(get("/api/v1/alerts?status=all", 200).get("alerts")).hasSize(2);
        assertThat(get("/api/v1/alerts?status=closed", 400).get("remedy").asText())
                .contains("open");
    }

    @Test
    void addsUpTheLedgersOfAllPartitions() throws Exception {
        // given
        model.put(TOPICS.intakeLedger(), "afterglow.evaluations/0", Samples.ledger(0, 10, 2, 3, 0));
        model.put(TOPICS.intakeLedger(), "afterglow.evaluations/1", Samples.ledger(1, 20, 0, 0, 0));

        // when
        var conservation = get("/api/v1/conservation", 200);

        // then
        assertThat(fields(
                        conservation,
                        "received",
                        "counted",
                        "duplicate",
                        "excluded",
                        "deadLettered",
                        "partitions",
                        "holds"))
                .isEqualTo("35 30 2 0 3 2 true");
        assertThat(conservation.at("/byReason/deadLettered/WRONG_MAGIC").asLong())
                .isEqualTo(3);
    }

    @Test
    void saysWhenAnEvaluationIsUnaccountedForThoughTheSumsAgree() throws Exception {
        // given
        model.put(TOPICS.intakeLedger(), "afterglow.evaluations/0", Samples.ledger(0, 10, 0, 0, 1));
        model.put(TOPICS.intakeLedger(), "afterglow.evaluations/1", Samples.ledger(1, 10, 0, 0, -1));

        // when, then
        assertThat(get("/api/v1/conservation", 200).get("holds").asBoolean()).isFalse();
    }

    @Test
    void saysHowFarTheFlowHasSettled() throws Exception {
        assertThat(fields(get("/api/v1/status", 200), "settled", "watermark", "asOf"))
                .isEqualTo("true 2019-11-24T00:00:00Z 2019-11-24T00:00:01Z");
        status = SettlementStatus.unknown(HOUR);
        assertThat(get("/api/v1/status", 200).get("watermark").isNull()).isTrue();
    }

    @Test
    void isReadyOnlyWhenEveryCheckPasses() throws Exception {
        get("/health/live", 200);
        get("/health/ready", 200);
        ready = false;
        assertThat(get("/health/ready", 503).at("/checks/streams").asBoolean(true))
                .isFalse();
    }

    @Test
    void answersInJsonWhenThereIsNothing() throws Exception {
        assertThat(get("/api/v2/nothing", 404).get("remedy").asText()).isNotEmpty();
    }

    @Test
    void keepsStackTracesToItself() throws Exception {
        // given
        status = null;

        // when
        var answer = get("/api/v1/status", 500);

        // then
        assertThat(answer.toString()).doesNotContain("Exception").doesNotContain("dev.afterglow");
    }

    @Test
    void namesTheOptionWhenThePortIsTaken() throws Exception {
        // given
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {

            // when, then
            assertThatThrownBy(() -> HttpServer.start("127.0.0.1", other.getLocalPort(), sources()))
                    .isInstanceOf(HttpStartException.class)
                    .hasMessageContaining("--http-port")
                    .hasMessageContaining(String.valueOf(other.getLocalPort()));
        }
    }

    @Test
    void showsPeopleWhatThereIs() throws Exception {
        assertThat(send("/").body()).contains("/api/v1/experiments");
        assertThat(send("/metrics").body()).isEqualTo("metrics");
    }

    private void cost(String period, long impressions) {
        model.put(
                TOPICS.accountCosts(),
                "acme/" + period,
                Samples.accountCost("acme", period, impressions, impressions * 10));
        model.put(
                TOPICS.costs(),
                "acme/" + period + "/" + BUTTON,
                Samples.experimentCost("acme", period, BUTTON, impressions, impressions * 10));
    }
}
