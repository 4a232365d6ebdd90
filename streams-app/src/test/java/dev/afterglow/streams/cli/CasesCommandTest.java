package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CasesCommandTest {

    private static final String POLICY = "projects:\n  - {project: shop, warnAfterDays: 7}\n";

    @TempDir
    Path directory;

    @RegisterExtension
    private final StubInstance instance = new StubInstance();

    @Test
    void listsTheOpenCases() {
        // when
        var result = Commands.run("cases", "--url", instance.url());

        // then
        assertThat(result.out()).isEqualTo("an answer\n");
        assertThat(result.code()).isZero();
        assertThat(instance.asked).isEqualTo("GET /api/v1/cases?format=text");
    }

    @Test
    void sendsThePolicyToTry() throws IOException {
        // when
        var result = Commands.run("cases", "--url", instance.url(), "--what-if", file(POLICY));

        // then
        assertThat(result.out()).isEqualTo("an answer\n");
        assertThat(result.code()).isZero();
        assertThat(instance.asked).isEqualTo("POST /api/v1/cases/what-if?format=text&limit=50");
        assertThat(instance.type).isEqualTo("application/yaml");
        assertThat(instance.sent).isEqualTo(POLICY);
    }

    @Test
    void asksForJsonAndForMore() throws IOException {
        // when
        Commands.run("cases", "--url", instance.url(), "--what-if", file(POLICY), "--all");
        var all = instance.asked;
        var result = Commands.run("cases", "--url", instance.url(), "--what-if", file(POLICY), "--format", "json");

        // then
        assertThat(all).endsWith("?format=text&limit=10000");
        assertThat(instance.asked).endsWith("?format=json&limit=10000");
        assertThat(result.code()).isZero();
    }

    @Test
    void namesFileLineAndFieldAndAsksNobody() throws IOException {
        // given
        var file = file("projects:\n  - {project: shop, warnAfterDays: 40}\n");

        // when
        var result = Commands.run("cases", "--url", instance.url(), "--what-if", file);

        // then
        assertThat(result.err().strip())
                .isEqualTo("afterglow cases: " + file + ":2: projects[0]: criticalAfterDays is 30: use at least"
                        + " warnAfterDays, which is 40");
        assertThat(result.code()).isEqualTo(2);
        assertThat(instance.asked).isNull();
    }

    @Test
    void refusesAFileWithoutPolicies() throws IOException {
        // given
        var file = file("budgets:\n  - {budgetId: a, scope: account, account: b, amount: 1, currency: EUR}\n");

        // when
        var result = Commands.run("cases", "--url", instance.url(), "--what-if", file);

        // then
        assertThat(result.err()).contains(file + ": there is no policy in it: give the policies to try");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void refusesAFileThatNoInstanceTakes() throws IOException {
        // when
        var result = Commands.run("cases", "--url", instance.url(), "--what-if", file(POLICY + "#".repeat(1_000_000)));

        // then
        assertThat(result.err()).contains("keep only the list 'projects' in it");
        assertThat(result.code()).isEqualTo(2);
        assertThat(instance.asked).isNull();
    }

    @Test
    void passesOnWhyThereIsNoAnswer() {
        // given
        instance.status = 503;
        instance.body = "{\"error\":\"it is not known yet\",\"remedy\":\"ask again\"}";

        // when
        var result = Commands.run("cases", "--url", instance.url());

        // then
        assertThat(result.err().strip()).isEqualTo("afterglow cases: it is not known yet: ask again");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void exitsWithTwoWhenTheFileDoesNotExist() {
        // when
        var result = Commands.run(
                "cases", "--what-if", directory.resolve("gone.yaml").toString());

        // then
        assertThat(result.err()).contains("gone.yaml does not exist");
        assertThat(result.code()).isEqualTo(2);
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("policy.yaml"), text).toString();
    }
}
