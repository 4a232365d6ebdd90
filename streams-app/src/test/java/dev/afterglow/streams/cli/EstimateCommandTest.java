package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EstimateCommandTest {

    @TempDir
    Path directory;

    @RegisterExtension
    private final StubInstance instance = new StubInstance();

    @BeforeEach
    void writePlan() throws IOException {
        Files.writeString(directory.resolve("shop.yaml"), """
                pricePlans:
                  - account: acme
                    currency: EUR
                    includedImpressions: 1000
                    tiers:
                      - price: 0.001
                """);
    }

    @Test
    void pricesUsersTimesExperimentsTimesPageViews() {
        // when
        var result = estimate("--mtu", "1000", "--experiments", "3", "--page-views", "12.5");

        // then
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                                              impressions  cost
                        estimate for 2026-11  37,500       EUR 36.50
                        """);
        assertThat(instance.asked).isNull();
    }

    @Test
    void addsTheFeeAndTopsUpToTheMinimum() throws IOException {
        // given
        var plan = directory.resolve("shop.yaml");
        Files.writeString(plan, Files.readString(plan) + "    flatFee: 10\n    minimum: 30\n");

        // then
        assertThat(estimate("--mtu", "1000", "--experiments", "3", "--page-views", "12.5")
                        .out())
                .contains("EUR 46.50");
        assertThat(estimate("--mtu", "0", "--experiments", "3", "--page-views", "12.5")
                        .out())
                .contains("EUR 30.00");
    }

    @Test
    void comparesWithWhatAnInstanceHas() {
        // given
        instance.body = "{\"impressions\": 3750, \"costMicros\": 2750000, \"currency\": \"EUR\"}";

        // when
        var result = estimate(
                "--mtu", "1000", "--experiments", "3", "--page-views", "12.5", "--actuals", "--url", instance.url());

        // then
        assertThat(instance.asked).isEqualTo("GET /api/v1/accounts/acme/costs?period=2026-11");
        assertThat(result.out())
                .contains("so far                3,750        EUR 2.75", "of the estimate       10.0 %");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(estimate("--mtu", "-1", "--experiments", "3", "--page-views", "1")
                        .err())
                .contains("give numbers of 0 or more");
        assertThat(estimate("--mtu", "9000000000000000000", "--experiments", "3", "--page-views", "1")
                        .err())
                .contains("give smaller numbers");
        assertThat(estimate("--mtu", "1", "--experiments", "3", "--page-views", "1", "--account", "other")
                        .err())
                .contains("no price plan of account 'other', but of [acme]");
    }

    private Commands.Result estimate(String... options) {
        var arguments = new ArrayList<>(List.of(
                "costs",
                "estimate",
                "--period",
                "2026-11",
                "--plan",
                directory.resolve("shop.yaml").toString()));
        arguments.addAll(List.of(options));
        return Commands.run(arguments.toArray(String[]::new));
    }
}
