package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutcomeCommandTest {

    @RegisterExtension
    private final StubInstance instance = new StubInstance();

    @Test
    void listsAllWithoutAnExperiment() {
        // when
        var result = Commands.run("outcome", "--url", instance.url());

        // then
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("an answer\n");
        assertThat(instance.asked).isEqualTo("GET /api/v1/outcomes?format=text");
    }

    @Test
    void listsThoseOfATeamAndAMonth() {
        // when
        Commands.run("outcome", "--json", "--team", "a&b", "--month", "2026-11", "--url", instance.url());

        // then
        assertThat(instance.asked).isEqualTo("GET /api/v1/outcomes?format=json&team=a%26b&month=2026-11");
    }

    @Test
    void refusesARunOfNoExperiment() {
        // when
        var result = Commands.run("outcome", "--run", "one", "--url", instance.url());

        // then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--run is of one experiment: name it");
    }

    @Test
    void refusesAMonthOfOneExperiment() {
        // when
        var result = Commands.run("outcome", "--month", "2026-11", "--url", instance.url(), "a/b/c");

        // then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("choose from the list");
    }
}
