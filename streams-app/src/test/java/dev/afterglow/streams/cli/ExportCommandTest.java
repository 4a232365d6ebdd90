package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {

    private static final String COSTS = """
            {"account":"acme","period":"2026-11","currency":"USD","impressions":1500001,"costMicros":75000050,
            "wastedMicros":50,"periodStart":"2026-10-31T23:00:00Z","periodEnd":"2026-11-30T23:00:00Z",
            "status":"RUNNING","experiments":[
            {"project":"shop","environment":"production","experiment":"item-7","impressions":1500000,
            "costMicros":75000000,"wastedMicros":0,"leftoverImpressions":0,"team":"search"},
            {"project":"shop","environment":"production","experiment":"a,b","impressions":1,
            "costMicros":50,"wastedMicros":50,"leftoverImpressions":1,"team":null}]}
            """;

    @RegisterExtension
    private final StubInstance instance = new StubInstance();

    private final CostExports exports = new CostExports(instance);

    @BeforeEach
    void answerWithCosts() {
        instance.body = COSTS;
    }

    @Test
    void printsARowForEachExperiment() {
        // when
        var result = exports.export("csv");

        // then
        assertThat(result.out()).isEqualToNormalizingNewlines("""
                account,period,project,environment,experiment,team,currency,impressions,cost,leftoverImpressions,wasted,status,correction
                acme,2026-11,shop,production,item-7,search,USD,1500000,75.000000,0,0.000000,RUNNING,
                acme,2026-11,shop,production,"a,b",,USD,1,0.000050,1,0.000050,RUNNING,
                """);
        assertThat(result.code()).isZero();
        assertThat(instance.asked).isEqualTo("GET /api/v1/accounts/acme/costs?period=2026-11");
    }

    @Test
    void hasEveryMandatoryColumnOfFocus() throws IOException {
        // when
        var rows = exports.focus();

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
        var records = exports.focus();

        // then
        assertThat(exports.sumOf("BilledCost")).isEqualByComparingTo("75.00005");
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
        assertThat(exports.export("csv").out()).isEqualToNormalizingNewlines("""
                account,period,project,environment,experiment,team,currency,impressions,cost,leftoverImpressions,wasted,status,correction
                acme,2026-11,shop,production,item-7,,USD,0,0.000000,0,0.000000,,
                acme,2026-11,,,,,USD,0,150.000000,0,0.000000,,
                """);
        assertThat(exports.focus().get(0))
                .containsEntry("BilledCost", "150.000000")
                .containsEntry("ChargeCategory", "Purchase")
                .containsEntry("ChargeFrequency", "Recurring")
                .containsEntry("ResourceId", "")
                .containsEntry("Tags", "{}");
    }

    @Test
    void ordersItsColumnsByTheAlphabetAndPutsItsOwnLast() throws IOException {
        // when
        var names = exports.export("focus-csv")
                .out()
                .lines()
                .findFirst()
                .orElseThrow()
                .split(",");

        // then
        assertThat(names).isSorted().endsWith("x_LeftoverImpressions", "x_PeriodStatus", "x_WastedCost");
    }

    @Test
    void refusesToChargeWithoutACurrency() {
        // given
        instance.body = COSTS.replace("USD", "XXX");

        // when
        var result = exports.export("focus-csv");

        // then
        assertThat(result.err()).contains("'acme' has no price plan in 2026-11", "--format csv");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void passesJsonOnAsItIs() {
        assertThat(exports.export("json").out().strip()).isEqualTo(COSTS.strip());
    }

    @ParameterizedTest
    @CsvSource({"2026-13, csv, --period", "november, csv, --period", "2026-11, xml, --format"})
    void refusesWhatItDoesNotKnow(String period, String format, String option) {
        // when
        var result = exports.export(period, format);

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
}
