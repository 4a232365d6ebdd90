package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.Resolution;
import dev.afterglow.streams.readmodel.Samples;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OutcomePagesTest extends ServedModel {

    private static final String PATH = "/api/v1/experiments/shop/test/a%2Fb%20%25%C3%BC/outcome";

    @Test
    void answersWithTheRunThatEndedLast() throws Exception {
        // given
        outcome("one", HOUR);
        outcome("two", HOUR.minusSeconds(1));

        // then
        assertThat(get(PATH, 200).get("run").asText()).isEqualTo("one");
        assertThat(get(PATH + "?run=two", 200).get("run").asText()).isEqualTo("two");
    }

    @Test
    void writesAPageInMarkdown() throws Exception {
        // given
        outcome("one", HOUR);

        // when
        var response = send(PATH + "?format=markdown");

        // then
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).isEqualToIgnoringCase("text/markdown; charset=utf-8"));
        assertThat(response.body()).startsWith("# a/b %ü: how it ended\n").contains("## Goal\n\nmore orders\n");
    }

    @Test
    void listsThoseOfAProject() throws Exception {
        // given
        outcome("one", HOUR);

        // then
        assertThat(get("/api/v1/outcomes", 200).get("outcomes")).hasSize(1);
        assertThat(get("/api/v1/outcomes?project=shop", 200).get("outcomes")).hasSize(1);
        assertThat(get("/api/v1/outcomes?project=other", 200).get("outcomes")).isEmpty();
    }

    @Test
    void addsUpWhatTheyBrought() throws Exception {
        // given
        outcome("one", HOUR);

        // when
        var sum = get("/api/v1/outcomes", 200).get("sums").get(0);

        // then
        assertThat(sum.get("month").asText())
                .isEqualTo(YearMonth.from(HOUR.atOffset(ZoneOffset.UTC)).toString());
        assertThat(sum.get("team").asText()).isEqualTo("growth");
        assertThat(sum.get("runs").asLong()).isEqualTo(1);
        assertThat(sum.get("savedMicrosPerMonth").isNull()).isTrue();
    }

    @Test
    void listsThoseOfATeamAndAMonth() throws Exception {
        // given
        outcome("one", HOUR);
        var month = "month=" + YearMonth.from(HOUR.atOffset(ZoneOffset.UTC));

        // then
        assertThat(get("/api/v1/outcomes?team=growth&" + month, 200).get("outcomes"))
                .hasSize(1);
        assertThat(get("/api/v1/outcomes?team=other&" + month, 200).get("outcomes"))
                .isEmpty();
        assertThat(get("/api/v1/outcomes?month=1999-01", 200).get("sums")).isEmpty();
        assertThat(get("/api/v1/outcomes?month=May", 400).get("error").asText()).isEqualTo("month 'May' is no month");
    }

    @Test
    void listsThemForPeople() throws Exception {
        // given
        outcome("one", HOUR);

        // then
        assertThat(send("/api/v1/outcomes?format=text").body()).contains("shop/test/a%2Fb %25ü", "growth");
    }

    @Test
    void saysThatTheExperimentIsNotKnown() throws Exception {
        assertThat(get("/api/v1/experiments/a/b/c/outcome", 404).get("error").asText())
                .isEqualTo("no experiment a/b/c is known");
    }

    @Test
    void saysThatItHasNotEnded() throws Exception {
        // given
        var alert = Samples.cleanupAlert("LEFTOVER_ROLLOUT/shop/production/button/-/1", AlertStatus.OPEN, HOUR);
        model.put(TOPICS.openAlerts(), alert.getAlertId(), Samples.open(alert));
        count(Samples.BUTTON, "on", 3);

        // then
        var answer = get("/api/v1/experiments/shop/production/button/outcome", 404);
        assertThat(answer.get("error").asText()).endsWith("has no outcome yet: it has not ended");
        assertThat(answer.get("remedy").asText()).contains("LEFTOVER_ROLLOUT, which is open,");
    }

    @Test
    void namesTheRunsThatHaveOne() throws Exception {
        // given
        outcome("one", HOUR);

        // then
        var answer = get(PATH + "?run=three", 404);
        assertThat(answer.get("error").asText()).contains("run 'three'");
        assertThat(answer.get("remedy").asText()).isEqualTo("ask for one that has: 'one'");
    }

    @Test
    void knowsNoOtherFormats() throws Exception {
        assertThat(get(PATH + "?format=pdf", 400).get("remedy").asText()).isEqualTo("give json or markdown");
    }

    @Test
    void forgetsOneThatWasTakenBack() throws Exception {
        // given
        outcome("one", HOUR);

        // when
        model.put(TOPICS.outcomes(), AWKWARD + "/one", null);

        // then
        get(PATH, 404);
    }

    private void outcome(String run, Instant closedAt) {
        model.put(
                TOPICS.outcomes(),
                AWKWARD + "/" + run,
                ExperimentOutcome.newBuilder()
                        .setProject(AWKWARD.project())
                        .setEnvironment(AWKWARD.environment())
                        .setExperiment(AWKWARD.experiment())
                        .setRun(run)
                        .setProvisional(true)
                        .setClosedAt(closedAt)
                        .setResolution(Resolution.ARCHIVED)
                        .setTeam("growth")
                        .setGoal("more orders")
                        .setDecision(Decision.ROLL_OUT)
                        .setImpressions(12)
                        .setLeftoverImpressions(5)
                        .build());
    }
}
