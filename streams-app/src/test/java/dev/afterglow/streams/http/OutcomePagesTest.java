package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
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
    void saysThatThereIsNone() throws Exception {
        // given
        outcome("one", HOUR);

        // then
        assertThat(get("/api/v1/experiments/a/b/c/outcome", 404).get("error").asText())
                .isEqualTo("experiment a/b/c has no outcome");
        assertThat(get(PATH + "?run=three", 404).get("error").asText()).contains("run 'three'");
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
                        .setGoal("more orders")
                        .setDecision(Decision.ROLL_OUT)
                        .setImpressions(12)
                        .setLeftoverImpressions(5)
                        .build());
    }
}
