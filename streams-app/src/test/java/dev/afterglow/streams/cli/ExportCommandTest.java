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
            "wastedMicros":50,"periodStart":"2026-10-31T23:00:00Z","periodEnd":"2026-11-30T23:00:00Z",
            "status":"RUNNING","experiments":[
            {"project":"shop","environment":"production","experiment":"item-7","impressions":1500000,
            "costMicros":75000000,"wastedMicros":0,"leftoverImpressions":0,"team":"search"},
            {"project":"shop","environment":"production","experiment":"a,b","impressions":1,
            "costMicros":50,"wastedMicros":50,"leftoverImpressions":1,"team":null}]}
            """;

    /** Of what was final, a has 3 impressions more, b has moved to another team, c is new, d is gone, and e is as it was. */
    private static final String CORRECTED = """
            {"account":"acme","period":"2026-11","currency":"USD","impressions":23,"costMicros":230,
            "periodStart":"2026-11-01T00:00:00Z","periodEnd":"2026-12-01T00:00:00Z","status":"CORRECTED","experiments":[
            {"project":"shop","environment":"production","experiment":"a","team":"growth",
            "impressions":8,"costMicros":80,"leftoverImpressions":4,"wastedMicros":40,
            "finalFigures":{"team":"growth","currency":"USD","impressions":5,"costMicros":50,
            "leftoverImpressions":5,"wastedMicros":50},
            "correction":{"impressions":3,"costMicros":30,"leftoverImpressions":-1,"wastedMicros":-10}},
            {"project":"shop","environment":"production","experiment":"b","team":"payments",
            "impressions":7,"costMicros":70,"leftoverImpressions":0,"wastedMicros":0,
            "finalFigures":{"team":null,"currency":"USD","impressions":7,"costMicros":70,
            "leftoverImpressions":0,"wastedMicros":0},
            "correction":{"impressions":0,"costMicros":0,"leftoverImpressions":0,"wastedMicros":0}},
            {"project":"shop","environment":"production","experiment":"c","team":"growth",
            "impressions":1,"costMicros":10,"leftoverImpressions":0,"wastedMicros":0,
            "finalFigures":{"team":"growth","currency":"USD","impressions":0,"costMicros":0,
            "leftoverImpressions":0,"wastedMicros":0},
            "correction":{"impressions":1,"costMicros":10,"leftoverImpressions":0,"wastedMicros":0}},
            {"project":"shop","environment":"production","experiment":"d","team":"growth",
            "impressions":0,"costMicros":0,"leftoverImpressions":0,"wastedMicros":0,
            "finalFigures":{"team":"growth","currency":"USD","impressions":2,"costMicros":20,
            "leftoverImpressions":0,"wastedMicros":0},
            "correction":{"impressions":-2,"costMicros":-20,"leftoverImpressions":0,"wastedMicros":0}},
            {"project":"shop","environment":"production","experiment":"e","team":"growth",
            "impressions":7,"costMicros":70,"leftoverImpressions":0,"wastedMicros":0,
            "finalFigures":{"team":"growth","currency":"USD","impressions":7,"costMicros":70,
            "leftoverImpressions":0,"wastedMicros":0},"correction":null}]}
            """;

    /** Only the fee was owed when the month became final; later an impression was loaded, which has it now. */
    private static final String FEE_THEN_USAGE = """
            {"account":"acme","period":"2026-11","currency":"USD","impressions":1,"costMicros":170,
            "periodStart":"2026-11-01T00:00:00Z","periodEnd":"2026-12-01T00:00:00Z","status":"CORRECTED",
            "finalFigures":{"team":null,"currency":"USD","impressions":0,"costMicros":150,
            "leftoverImpressions":0,"wastedMicros":0},
            "correction":{"impressions":1,"costMicros":20,"leftoverImpressions":0,"wastedMicros":0},"experiments":[
            {"project":"shop","environment":"production","experiment":"a","team":"growth",
            "impressions":1,"costMicros":170,"leftoverImpressions":0,"wastedMicros":0,
            "finalFigures":{"team":"growth","currency":"USD","impressions":0,"costMicros":0,
            "leftoverImpressions":0,"wastedMicros":0},
            "correction":{"impressions":1,"costMicros":170,"leftoverImpressions":0,"wastedMicros":0}}]}
            """;

    /** All impressions were taken back after the month was final: the fee that they shared is the account's alone. */
    private static final String USAGE_THEN_FEE = """
            {"account":"acme","period":"2026-11","currency":"USD","impressions":0,"costMicros":150,
            "periodStart":"2026-11-01T00:00:00Z","periodEnd":"2026-12-01T00:00:00Z","status":"CORRECTED",
            "finalFigures":{"team":null,"currency":"USD","impressions":1,"costMicros":170,
            "leftoverImpressions":0,"wastedMicros":0},
            "correction":{"impressions":-1,"costMicros":-20,"leftoverImpressions":0,"wastedMicros":0},"experiments":[
            {"project":"shop","environment":"production","experiment":"a","team":"growth",
            "impressions":0,"costMicros":0,"leftoverImpressions":0,"wastedMicros":0,
            "finalFigures":{"team":"growth","currency":"USD","impressions":1,"costMicros":170,
            "leftoverImpressions":0,"wastedMicros":0},
            "correction":{"impressions":-1,"costMicros":-170,"leftoverImpressions":0,"wastedMicros":0}}]}
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
                account,period,project,environment,experiment,team,currency,impressions,cost,leftoverImpressions,wasted,status,correction
                acme,2026-11,shop,production,item-7,,USD,0,0.000000,0,0.000000,,
                acme,2026-11,,,,,USD,0,150.000000,0,0.000000,,
                """);
        assertThat(focus().get(0))
                .containsEntry("BilledCost", "150.000000")
                .containsEntry("ChargeCategory", "Purchase")
                .containsEntry("ChargeFrequency", "Recurring")
                .containsEntry("ResourceId", "")
                .containsEntry("Tags", "{}");
    }

    @Test
    void ordersItsColumnsByTheAlphabetAndPutsItsOwnLast() throws IOException {
        // when
        var names = export("focus-csv").out().lines().findFirst().orElseThrow().split(",");

        // then
        assertThat(names).isSorted().endsWith("x_LeftoverImpressions", "x_PeriodStatus", "x_WastedCost");
    }

    @Test
    void chargesWhatWasFinalAndCorrectsItInRowsOfTheirOwn() throws IOException {
        // given
        instance.body = CORRECTED;

        // when
        var rows = focus();

        // then
        assertThat(rows)
                .extracting(row -> String.join(
                        " | ",
                        row.get("ResourceName"),
                        row.get("ChargeClass"),
                        row.get("Tags"),
                        row.get("PricingQuantity"),
                        row.get("BilledCost"),
                        row.get("x_WastedCost")))
                .containsExactly(
                        "a |  | {\"environment\":\"production\",\"team\":\"growth\"} | 5 | 0.000050 | 0.000050",
                        "a | Correction | {\"environment\":\"production\",\"team\":\"growth\"} | 3 | 0.000030 | -0.000010",
                        "b |  | {\"environment\":\"production\"} | 7 | 0.000070 | 0.000000",
                        "b | Correction | {\"environment\":\"production\"} | -7 | -0.000070 | 0.000000",
                        "b | Correction | {\"environment\":\"production\",\"team\":\"payments\"} | 7 | 0.000070 | 0.000000",
                        "c | Correction | {\"environment\":\"production\",\"team\":\"growth\"} | 1 | 0.000010 | 0.000000",
                        "d |  | {\"environment\":\"production\",\"team\":\"growth\"} | 2 | 0.000020 | 0.000000",
                        "d | Correction | {\"environment\":\"production\",\"team\":\"growth\"} | -2 | -0.000020 | 0.000000",
                        "e |  | {\"environment\":\"production\",\"team\":\"growth\"} | 7 | 0.000070 | 0.000000");
    }

    @Test
    void keepsTheFinalFeeOfAMonthWithoutImpressionsAndCorrectsItWhenSomeCome() throws IOException {
        // given
        instance.body = FEE_THEN_USAGE;

        // when, then
        assertThat(charges())
                .containsExactly(
                        "Correction of impressions of experiment shop/production/a | Usage | Correction | 0.000170",
                        "Fee or minimum of the price plan | Purchase |  | 0.000150",
                        "Correction of fee or minimum of the price plan | Purchase | Correction | -0.000150");
        assertThat(sumOf("BilledCost")).isEqualByComparingTo("0.00017");
    }

    @Test
    void correctsAFinalMonthByTheFeeThatNoImpressionHasAPartInAnyMore() throws IOException {
        // given
        instance.body = USAGE_THEN_FEE;

        // when, then
        assertThat(charges())
                .containsExactly(
                        "Impressions of experiment shop/production/a | Usage |  | 0.000170",
                        "Correction of impressions of experiment shop/production/a | Usage | Correction | -0.000170",
                        "Correction of fee or minimum of the price plan | Purchase | Correction | 0.000150");
        assertThat(sumOf("BilledCost")).isEqualByComparingTo("0.00015");
    }

    @Test
    void chargesAFinalFeeThatIsAsItWasOnce() throws IOException {
        // given
        instance.body = FEE_THEN_USAGE
                .replaceAll("(?s)\"experiments\":\\[.*", "\"experiments\":[]}")
                .replace("\"impressions\":1,\"costMicros\":170", "\"impressions\":0,\"costMicros\":150");

        // when, then
        assertThat(charges()).containsExactly("Fee or minimum of the price plan | Purchase |  | 0.000150");
        assertThat(export("csv").out()).contains("acme,2026-11,,,,,USD,0,0.000150,0,0.000000,CORRECTED,\r\n");
    }

    @Test
    void correctsAFinalFeeByItsDifference() throws IOException {
        // given another price plan, for a month that had no impressions and still has none
        instance.body = FEE_THEN_USAGE
                .replaceAll("(?s)\"experiments\":\\[.*", "\"experiments\":[]}")
                .replace("\"impressions\":1,\"costMicros\":170", "\"impressions\":0,\"costMicros\":200");

        // when, then
        assertThat(charges())
                .containsExactly(
                        "Fee or minimum of the price plan | Purchase |  | 0.000150",
                        "Correction of fee or minimum of the price plan | Purchase | Correction | 0.000050");
    }

    @Test
    void reversesAFinalFeeInAnotherCurrency() throws IOException {
        // given
        instance.body = FEE_THEN_USAGE
                .replaceAll("(?s)\"experiments\":\\[.*", "\"experiments\":[]}")
                .replace("\"impressions\":1,\"costMicros\":170", "\"impressions\":0,\"costMicros\":200")
                .replace(
                        "\"currency\":\"USD\",\"impressions\":0,\"costMicros\":150",
                        "\"currency\":\"EUR\",\"impressions\":0,\"costMicros\":150");

        // when, then
        assertThat(focus())
                .extracting(row -> row.get("BillingCurrency") + ' ' + row.get("BilledCost") + row.get("ChargeClass"))
                .containsExactly("EUR 0.000150", "EUR -0.000150Correction", "USD 0.000200Correction");
    }

    @Test
    void showsWhereTheFinalFeeWentInPlainRowsToo() {
        // given
        instance.body = FEE_THEN_USAGE;

        // when, then
        assertThat(export("csv").out())
                .contains("a,growth,USD,1,0.000170,0,0.000000,CORRECTED,0.000170")
                .contains("acme,2026-11,,,,,USD,0,0.000000,0,0.000000,CORRECTED,-0.000150");
    }

    @Test
    void sumsToThePresentCostWithItsCorrections() throws IOException {
        // given
        instance.body = CORRECTED;

        // when, then
        assertThat(sumOf("BilledCost")).isEqualByComparingTo("0.00023");
        assertThat(sumOf("PricingQuantity")).isEqualByComparingTo("23");
    }

    @Test
    void reversesWhatWasFinalInAnotherCurrency() throws IOException {
        // given
        instance.body =
                CORRECTED.replace("\"currency\":\"USD\",\"impressions\":7", "\"currency\":\"EUR\",\"impressions\":7");

        // when, then
        assertThat(focus())
                .filteredOn(row -> row.get("ResourceName").equals("e"))
                .extracting(row -> row.get("BillingCurrency") + ' ' + row.get("BilledCost") + row.get("ChargeClass"))
                .containsExactly("EUR 0.000070", "EUR -0.000070Correction", "USD 0.000070Correction");
    }

    @Test
    void chargesInThePresentCurrencyWhatHadNoPriceWhenItWasFinal() throws IOException {
        // given
        instance.body = CORRECTED.replace(
                "\"currency\":\"USD\",\"impressions\":5,\"costMicros\":50",
                "\"currency\":\"XXX\",\"impressions\":5,\"costMicros\":0");

        // when, then
        assertThat(focus())
                .filteredOn(row -> row.get("ResourceName").equals("a"))
                .extracting(row -> row.get("BillingCurrency") + ' ' + row.get("BilledCost") + row.get("ChargeClass"))
                .containsExactly("USD 0.000000", "USD 0.000080Correction");
    }

    @Test
    void refusesToChargeWithoutACurrency() {
        // given
        instance.body = COSTS.replace("USD", "XXX");

        // when
        var result = export("focus-csv");

        // then
        assertThat(result.err()).contains("'acme' has no price plan in 2026-11", "--format csv");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void saysHowMuchWasCorrectedInTheRowOfTheExperiment() {
        // given
        instance.body = CORRECTED;

        // when, then
        assertThat(export("csv").out())
                .contains("a,growth,USD,8,0.000080,4,0.000040,CORRECTED,0.000030")
                .contains("e,growth,USD,7,0.000070,0,0.000000,CORRECTED,\r\n");
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

    private List<String> charges() throws IOException {
        return focus().stream()
                .map(row -> String.join(
                        " | ",
                        row.get("ChargeDescription"),
                        row.get("ChargeCategory"),
                        row.get("ChargeClass"),
                        row.get("BilledCost")))
                .toList();
    }

    private BigDecimal sumOf(String column) throws IOException {
        return focus().stream().map(row -> new BigDecimal(row.get(column))).reduce(BigDecimal.ZERO, BigDecimal::add);
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
