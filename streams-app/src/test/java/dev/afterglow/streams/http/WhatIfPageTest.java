package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.BUTTON;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.whatif.WhatIf;
import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.readmodel.Samples;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WhatIfPageTest extends ServedModel {

    private static final String PATH = "/api/v1/cases/what-if";
    private static final String SEVEN_DAYS =
            "{'projects':[{'project':'shop','warnAfterDays':7,'criticalAfterDays':30}]}";

    @Test
    void saysWhatAChangedPolicyWouldHaveRaised() throws Exception {
        // given a button at full rollout for 20 days, under the defaults a warning after 14
        fullFor(BUTTON, 20);

        // when
        var answer = post(PATH, SEVEN_DAYS, 200);

        // then
        assertThat(fields(answer, "from", "to", "experiments", "leftOut"))
                .isEqualTo("2019-11-04T00:00:00Z 2019-11-24T00:00:00Z 1 0");
        assertThat(fields(answer.at("/changes"), "EARLIER")).isEqualTo("1");
        var difference = answer.at("/differences/0");
        assertThat(fields(difference, "change", "experiment", "kind"))
                .isEqualTo("EARLIER shop/production/button LEFTOVER_ROLLOUT");
        assertThat(difference.at("/inForce/openedAt").asText()).isEqualTo("2019-11-18T00:00:00Z");
        assertThat(difference.at("/changed/openedAt").asText()).isEqualTo("2019-11-11T00:00:00Z");
        assertThat(fields(answer.at("/total/changed"), "alerts", "messages", "pages", "open", "critical"))
                .isEqualTo("1 1 0 1 0");
    }

    @Test
    void saysItToPeople() throws Exception {
        // given
        fullFor(BUTTON, 20);

        // when
        var response = send(
                PATH + "?format=text&limit=5",
                "application/yaml",
                "projects:\n  - project: shop\n    preset: launchdarkly\n");

        // then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("Replayed 1 experiment from 2019-11-04 00:00 to 2019-11-24 00:00 UTC")
                .contains("1 earlier:", "2019-11-18 00:00 -> 2019-11-11 00:00");
    }

    @Test
    void takesThePoliciesInForceAtTheirTimesForThePresent() throws Exception {
        // given
        fullFor(BUTTON, 20);
        policies.put("shop", WhatIf.allAlong(policy(7)));

        // then
        assertThat(post(PATH, SEVEN_DAYS, 200).get("differences")).isEmpty();
    }

    @Test
    void triesOfSeveralVersionsTheOneThatIsInForceLast() throws Exception {
        // given
        fullFor(BUTTON, 20);
        var two = "{'projects':[{'project':'shop','version':2,'effectiveFrom':'2030-01-01','warnAfterDays':7},"
                + "{'project':'shop','version':1,'warnAfterDays':14}]}";

        // then
        assertThat(fields(post(PATH, two, 200).at("/changes"), "EARLIER")).isEqualTo("1");
    }

    @Test
    void takesWhatPeopleDidAgain() throws Exception {
        // given
        fullFor(BUTTON, 40);
        model.put(
                TOPICS.alertActions(),
                BUTTON.toString(),
                AlertAction.newBuilder()
                        .setAlertId("LEFTOVER_ROLLOUT/shop/production/button/-/1")
                        .setSubject(BUTTON.toString())
                        .setAction(ActionKind.PERMANENT)
                        .setAt(HOUR.minus(Duration.ofDays(20)))
                        .setBy("ada")
                        .build());

        // then
        var answer = post(PATH, SEVEN_DAYS, 200);
        assertThat(answer.at("/differences/0/changed/resolution").asText()).isEqualTo("EXEMPTED");
        assertThat(answer.at("/total/inForce/pages").asInt()).isZero();
    }

    @Test
    void replaysOnlyTheProjectsOfTheFile() throws Exception {
        // given
        fullFor(new ExperimentKey("shop-2", "production", "button"), 20);

        // then
        var answer = post(PATH, SEVEN_DAYS, 200);
        assertThat(answer.get("experiments").asInt()).isZero();
        assertThat(answer.at("/notes/0").asText()).startsWith("Project 'shop' has no traffic in the history kept");
    }

    @Test
    void namesWhatThePolicyChanges() throws Exception {
        // given
        fullFor(BUTTON, 2);

        // then
        assertThat(post(PATH, SEVEN_DAYS, 200).at("/notes/0").asText())
                .isEqualTo("Project 'shop' changes warnAfterDays 14 -> 7.");
    }

    @Test
    void saysWhatACostWouldHaveMadeCritical() throws Exception {
        // given an impression a unit of money, beyond the first that the account uses in a month: there are others
        fullFor(BUTTON, 20);
        fullFor(new ExperimentKey("shop-2", "production", "button"), 20);
        accounts.add(FakeAccounts.plan("default", 1, 1_000_000).setIncludedImpressions(1));

        // when
        var answer = post(PATH, "{'projects':[{'project':'shop','criticalCost':0.5}]}", 200);

        // then
        assertThat(answer.at("/notes/0").asText()).isEqualTo("Project 'shop' changes criticalCost none -> 0.5.");
        assertThat(fields(answer.at("/total/inForce"), "alerts", "pages")).isEqualTo("1 0");
        assertThat(fields(answer.at("/total/changed"), "alerts", "pages")).isEqualTo("1 1");
        assertThat(answer.at("/differences/0/changed/criticalAt").asText()).isEqualTo("2019-11-18T00:00:00Z");
    }

    @Test
    void refusesAPolicyThatApplyWouldRefuse() throws Exception {
        assertThat(post(PATH, "{'projects':[{'project':'shop','warnAfterDays':7,'criticalAfterDays':3}]}", 400)
                        .get("error")
                        .asText())
                .isEqualTo("body:1: projects[0]: criticalAfterDays is 3: use at least warnAfterDays, which is 7");
        assertThat(post(PATH, "{'projects':[{'project':'shop','warnAfter':7}]}", 400)
                        .get("error")
                        .asText())
                .contains("did you mean 'warnAfterDays'?");
        assertThat(post(PATH, "{'budgets':[]}", 400).get("error").asText()).contains("there is nothing in it");
        assertThat(post(
                                PATH,
                                "{'budgets':[{'budgetId':'a','scope':'account','account':'b','amount':1,'currency':'EUR'}]}",
                                400)
                        .get("remedy")
                        .asText())
                .contains("projects");
    }

    @Test
    void refusesWhatABrowserMayHaveSent() throws Exception {
        assertThat(send(PATH, "text/plain", SEVEN_DAYS).statusCode()).isEqualTo(400);
        assertThat(send(PATH, "application/yaml", SEVEN_DAYS, "Origin", "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void saysThatItIsTooEarlyToAsk() throws Exception {
        // given
        judgedUpTo = Optional::empty;

        // then
        assertThat(post(PATH, SEVEN_DAYS, 503).get("remedy").asText()).contains("/api/v1/status");
    }

    @Test
    void answersOneAtATime() throws Exception {
        // given
        var asked = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        judgedUpTo = () -> {
            asked.countDown();
            await(goOn);
            return Optional.of(HOUR);
        };
        var first = CompletableFuture.supplyAsync(this::status);
        await(asked);

        // then
        assertThat(post(PATH, SEVEN_DAYS, 503).get("remedy").asText()).contains("ask again");
        goOn.countDown();
        assertThat(first.get()).isEqualTo(200);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void refusesALimitThatIsNone() throws Exception {
        assertThat(post(PATH + "?limit=0", SEVEN_DAYS, 400).get("error").asText())
                .isEqualTo("limit '0' is no number from 1 to 10000");
    }

    private void fullFor(ExperimentKey experiment, int days) {
        var start = HOUR.minus(Duration.ofDays(days));
        defined.put(experiment, List.of(Samples.definition(experiment, 1, start)));
        for (var hour = start; hour.isBefore(HOUR); hour = hour.plus(Duration.ofHours(1))) {
            model.put(
                    TOPICS.impressions(),
                    Samples.countKey(experiment, hour, "on"),
                    Samples.count(experiment, hour, "on", 7, 1));
        }
    }

    private int status() {
        try {
            return send(PATH, "application/json", SEVEN_DAYS).statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ProjectPolicy policy(int warnAfterDays) {
        return ProjectPolicy.newBuilder()
                .setProject("shop")
                .setVersion(1)
                .setEffectiveFrom(HOUR)
                .setWarnAfterDays(warnAfterDays)
                .build();
    }
}
