package dev.afterglow.streams.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {

    private static final String COSTS = """
            {"account":"acme","period":"2026-11","currency":"USD","impressions":1500001,"costMicros":75000050,
            "wastedMicros":50,"periodStart":"2026-10-31T23:00:00Z","periodEnd":"2026-11-30T23:00:00Z","experiments":[
            {"project":"shop","environment":"production","experiment":"item-7","impressions":1500000,
            "costMicros":75000000,"wastedMicros":0,"leftoverImpressions":0,"team":"search"},
            {"project":"shop","environment":"production","experiment":"a,b","impressions":1,
            "costMicros":50,"wastedMicros":50,"leftoverImpressions":1,"team":null}]}
            """;

    @RegisterExtension
    private final StubInstance instance = new StubInstance();

    @BeforeEach
    void answerWithCosts() {
        instance.body = COSTS;
    }

    @Test
    void printsARowForEachExperiment() {
        // when
        var result = export("csv");

        // then
        assertThat(result.out()).isEqualToNormalizingNewlines("""
                account,period,project,environment,experiment,team,currency,impressions,cost,leftoverImpressions,wasted
                acme,2026-11,shop,production,item-7,search,USD,1500000,75.000000,0,0.000000
                acme,2026-11,shop,production,"a,b",,USD,1,0.000050,1,0.000050
                """);
        assertThat(result.code()).isZero();
        assertThat(instance.asked).isEqualTo("GET /api/v1/accounts/acme/costs?period=2026-11");
    }

    @Test
    void hasEveryMandatoryColumnOfFocus() throws IOException {
        // when
        var rows = focus();

        // then
        assertThat(rows.get(0).keySet())
                .contains(
                        "BilledCost",
                        "BillingAccountId",
                        "BillingAccountName",
                        "BillingCurrency",
                        "BillingPeriodEnd",
                        "BillingPeriodStart",
                        "ChargeCategory",
                        "ChargeClass",
                        "ChargeDescription",
                        "ChargePeriodEnd",
                        "ChargePeriodStart",
                        "ContractedCost",
                        "EffectiveCost",
                        "InvoiceIssuerName",
                        "ListCost",
                        "PricingQuantity",
                        "PricingUnit",
                        "ProviderName",
                        "PublisherName",
                        "ServiceCategory",
                        "ServiceName");
    }

    @Test
    void sumsToTheCostOfTheAccountInFocusToo() throws IOException {
        // when
        var records = focus();

        // then
        assertThat(records.stream()
                        .map(record -> new BigDecimal(record.get("BilledCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("75.00005");
        assertThat(records.get(0).get("BillingPeriodStart")).isEqualTo("2026-10-31T23:00:00Z");
        assertThat(records.get(0).get("ResourceId")).isEqualTo("shop/production/item-7");
        assertThat(records.get(0).get("Tags")).isEqualTo("{\"environment\":\"production\",\"team\":\"search\"}");
        assertThat(records.get(1).get("Tags")).isEqualTo("{\"environment\":\"production\"}");
    }

    @Test
    void hasARowForWhatIsOwedWithoutAnyImpressions() throws IOException {
        // given a fee, and an experiment whose impressions were all taken back
        instance.body = """
                {"account":"acme","period":"2026-11","currency":"USD","impressions":0,"costMicros":150000000,
                "wastedMicros":0,"periodStart":"2026-11-01T00:00:00Z","periodEnd":"2026-12-01T00:00:00Z","experiments":[
                {"project":"shop","environment":"production","experiment":"item-7","impressions":0,
                "costMicros":0,"wastedMicros":0,"leftoverImpressions":0,"team":null}]}
                """;

        // then
        assertThat(export("csv").out()).isEqualToNormalizingNewlines("""
                account,period,project,environment,experiment,team,currency,impressions,cost,leftoverImpressions,wasted
                acme,2026-11,shop,production,item-7,,USD,0,0.000000,0,0.000000
                acme,2026-11,,,,,USD,0,150.000000,0,0.000000
                """);
        assertThat(focus().get(1))
                .containsEntry("BilledCost", "150.000000")
                .containsEntry("ChargeCategory", "Purchase")
                .containsEntry("ChargeFrequency", "Recurring")
                .containsEntry("ResourceId", "")
                .containsEntry("Tags", "{}");
    }

    @Test
    void passesJsonOnAsItIs() {
        assertThat(export("json").out().strip()).isEqualTo(COSTS.strip());
    }

    @ParameterizedTest
    @CsvSource({"2026-13, csv, --period", "november, csv, --period", "2026-11, xml, --format"})
    void refusesWhatItDoesNotKnow(String period, String format, String option) {
        // when
        var result = Commands.run(
                "costs",
                "export",
                "--url",
                instance.url(),
                "--account",
                "acme",
                "--period",
                period,
                "--format",
                format);

        // then
        assertThat(result.err()).contains("afterglow export: " + option, "write ");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void saysWhichCommandsThereAre() {
        // when
        var result = Commands.run("costs");

        // then
        assertThat(result.err()).contains("say which: export");
        assertThat(result.code()).isEqualTo(2);
    }

    private Commands.Result export(String format) {
        return Commands.run(
                "costs",
                "export",
                "--url",
                instance.url(),
                "--account",
                "acme",
                "--period",
                "2026-11",
                "--format",
                format);
    }

    /** The rows by the names of their columns. */
    private List<Map<String, String>> focus() throws IOException {
        try (var parser =
                CSVFormat.RFC4180.parse(new StringReader(export("focus-csv").out()))) {
            var records = parser.getRecords();
            var names = records.get(0).toList();
            return records.stream()
                    .skip(1)
                    .map(record -> IntStream.range(0, names.size()).boxed().collect(toMap(names::get, record::get)))
                    .toList();
        }
    }
}
