package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.BUTTON;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.whatif.WhatIf;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.streams.readmodel.Samples;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainPageTest extends ServedModel {

    @Test
    void explainsWhyAnExperimentIsFlagged() throws Exception {
        // given
        defined.put(AWKWARD, List.of(Samples.definition(AWKWARD, 1, HOUR.minus(Duration.ofDays(20)))));
        model.put(
                TOPICS.impressions(),
                Samples.countKey(AWKWARD, HOUR.minus(Duration.ofHours(1)), "on"),
                Samples.count(AWKWARD, HOUR.minus(Duration.ofHours(1)), "on", 7, 1));

        // when
        var explained = get("/api/v1/experiments/shop/test/a%2Fb%20%25%C3%BC/explain", 200);

        // then
        assertThat(explained.get("flagged").asBoolean()).isTrue();
        assertThat(fields(explained.at("/rules/0"), "kind", "applies", "severity"))
                .isEqualTo("LEFTOVER_ROLLOUT true WARNING");
        assertThat(explained.at("/rules/0/checks/3/found").asText()).startsWith("7 impressions");
        assertThat(send("/api/v1/experiments/shop/test/a%2Fb%20%25%C3%BC/explain?format=text")
                        .body())
                .startsWith("shop/test/a/b %ü: flagged as LEFTOVER_ROLLOUT\n")
                .endsWith("\nNo alert is open.\n");
    }

    @Test
    void saysWhatItCostsByWhatItsAccountHasUsed() throws Exception {
        // given half of what the account has used by the end of the 23rd day of a month of 30, and is charged for
        var lastHour = HOUR.minus(Duration.ofHours(1));
        defined.put(BUTTON, List.of(Samples.definition(BUTTON, 1, HOUR.minus(Duration.ofDays(20)))));
        model.put(
                TOPICS.impressions(),
                Samples.countKey(BUTTON, lastHour, "on"),
                Samples.count(BUTTON, lastHour, "on", 70, 1));
        model.put(TOPICS.accountCosts(), "default/2019-11", Samples.accountCost("default", "2019-11", 140, 0));
        accounts.add(FakeAccounts.plan("default", 1, 1_000_000).setIncludedImpressions(100));
        policies.put(
                "shop",
                WhatIf.allAlong(
                        FakePolicies.shop(1).setCriticalCostMicros(20_000_000L).build()));

        // when
        var rule =
                get("/api/v1/experiments/shop/production/button/explain", 200).at("/rules/0");

        // then
        assertThat(fields(rule, "kind", "severity")).isEqualTo("LEFTOVER_ROLLOUT CRITICAL");
        assertThat(fields(rule.get("costLimit"), "holds", "found"))
                .isEqualTo("true USD 20.00 since 2019-11-04T00:00:00Z");
        assertThat(rule.get("cost").asText())
                .startsWith("It has cost USD 20.00 since then; if it goes on, about USD 70.00 more until the end of"
                        + " November, and USD 310.00 in December. Ending it now saves USD ");
    }

    @Test
    void saysThatSomebodyMarkedItAsPermanent() throws Exception {
        // given
        var since = HOUR.minus(Duration.ofDays(40));
        var alertId = "LEFTOVER_ROLLOUT/shop/production/button/-/1";
        defined.put(BUTTON, List.of(Samples.definition(BUTTON, 1, since)));
        var lastHour = HOUR.minus(Duration.ofHours(1));
        model.put(
                TOPICS.impressions(),
                Samples.countKey(BUTTON, lastHour, "on"),
                Samples.count(BUTTON, lastHour, "on", 7, 1));
        model.put(
                TOPICS.cleanupAlerts(),
                BUTTON.toString(),
                Samples.cleanupAlert(alertId, AlertStatus.OPEN, HOUR.minus(Duration.ofDays(26))));
        var resolved = Samples.cleanupAlert(alertId, AlertStatus.RESOLVED, HOUR.minus(Duration.ofDays(20)));
        var exempted = CleanupAlert.newBuilder(resolved)
                .setResolution(Resolution.EXEMPTED)
                .build();
        var action = AlertAction.newBuilder()
                .setAlertId(alertId)
                .setSubject(BUTTON.toString())
                .setAction(ActionKind.PERMANENT)
                .setAt(HOUR.minus(Duration.ofDays(20)))
                .setBy("ada")
                .build();

        // when
        model.put(TOPICS.alertActions(), BUTTON.toString(), action);
        assertThat(get("/api/v1/experiments/shop/production/button/explain", 200)
                        .get("flagged")
                        .asBoolean())
                .as("before the judge has taken it")
                .isTrue();
        model.put(TOPICS.cleanupAlerts(), BUTTON.toString(), exempted);

        // then
        var explained = get("/api/v1/experiments/shop/production/button/explain", 200);
        assertThat(explained.get("flagged").asBoolean()).isFalse();
        assertThat(explained.at("/rules/0/checks/1/found").asText()).isEqualTo("it is marked as permanent");
    }

    @Test
    void explainsNothingOfWhatItDoesNotKnow() throws Exception {
        assertThat(get("/api/v1/experiments/shop/test/gone/explain", 404)
                        .get("error")
                        .asText())
                .contains("shop/test/gone");
    }

    @Test
    void saysToUsersOfEitherKindWhereToLookForWhatIsKnown() throws Exception {
        assertThat(get("/api/v1/experiments/shop/test/gone/explain", 404)
                        .get("remedy")
                        .asText())
                .contains("'afterglow costs export --account ACCOUNT --period YYYY-MM'", "/api/v1/experiments");
    }

    @Test
    void explainsNothingBeforeThePoliciesAreKnown() throws Exception {
        // given
        count(BUTTON, "on", 5);
        ready = false;

        // then
        assertThat(get("/api/v1/experiments/shop/production/button/explain", 503)
                        .get("remedy")
                        .asText())
                .contains("/health/ready");
    }

    @Test
    void refusesAFormatItDoesNotKnow() throws Exception {
        // given
        count(BUTTON, "on", 5);

        // then
        assertThat(get("/api/v1/experiments/shop/production/button/explain?format=xml", 400)
                        .get("remedy")
                        .asText())
                .contains("format=text");
    }
}
