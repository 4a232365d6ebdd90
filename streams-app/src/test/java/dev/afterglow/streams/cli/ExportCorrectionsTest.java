package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What 'costs export' makes of months that have changed since they were final, their fees among them. */
class ExportCorrectionsTest {

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

    private final CostExports exports = new CostExports(instance);

    @Test
    void chargesWhatWasFinalAndCorrectsItInRowsOfTheirOwn() throws IOException {
        // given
        instance.body = CORRECTED;

        // when
        var rows = exports.focus();

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
        assertThat(exports.sumOf("BilledCost")).isEqualByComparingTo("0.00017");
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
        assertThat(exports.sumOf("BilledCost")).isEqualByComparingTo("0.00015");
    }

    @Test
    void chargesAFinalFeeThatIsAsItWasOnce() throws IOException {
        // given
        instance.body = feeAlone(150);

        // when, then
        assertThat(charges()).containsExactly("Fee or minimum of the price plan | Purchase |  | 0.000150");
        assertThat(exports.export("csv").out()).contains("acme,2026-11,,,,,USD,0,0.000150,0,0.000000,CORRECTED,\r\n");
    }

    @Test
    void correctsAFinalFeeByItsDifference() throws IOException {
        // given another price plan, for a month that had no impressions and still has none
        instance.body = feeAlone(200);

        // when, then
        assertThat(charges())
                .containsExactly(
                        "Fee or minimum of the price plan | Purchase |  | 0.000150",
                        "Correction of fee or minimum of the price plan | Purchase | Correction | 0.000050");
    }

    @Test
    void reversesAFinalFeeInAnotherCurrency() throws IOException {
        // given
        instance.body = feeAlone(200)
                .replace(
                        "\"currency\":\"USD\",\"impressions\":0,\"costMicros\":150",
                        "\"currency\":\"EUR\",\"impressions\":0,\"costMicros\":150");

        // when, then
        assertThat(exports.focus())
                .extracting(row -> row.get("BillingCurrency") + ' ' + row.get("BilledCost") + row.get("ChargeClass"))
                .containsExactly("EUR 0.000150", "EUR -0.000150Correction", "USD 0.000200Correction");
    }

    @Test
    void showsWhereTheFinalFeeWentInPlainRowsToo() {
        // given
        instance.body = FEE_THEN_USAGE;

        // when, then
        assertThat(exports.export("csv").out())
                .contains("a,growth,USD,1,0.000170,0,0.000000,CORRECTED,0.000170")
                .contains("acme,2026-11,,,,,USD,0,0.000000,0,0.000000,CORRECTED,-0.000150");
    }

    @Test
    void sumsToThePresentCostWithItsCorrections() throws IOException {
        // given
        instance.body = CORRECTED;

        // when, then
        assertThat(exports.sumOf("BilledCost")).isEqualByComparingTo("0.00023");
        assertThat(exports.sumOf("PricingQuantity")).isEqualByComparingTo("23");
    }

    @Test
    void reversesWhatWasFinalInAnotherCurrency() throws IOException {
        // given
        instance.body =
                CORRECTED.replace("\"currency\":\"USD\",\"impressions\":7", "\"currency\":\"EUR\",\"impressions\":7");

        // when, then
        assertThat(exports.focus())
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
        assertThat(exports.focus())
                .filteredOn(row -> row.get("ResourceName").equals("a"))
                .extracting(row -> row.get("BillingCurrency") + ' ' + row.get("BilledCost") + row.get("ChargeClass"))
                .containsExactly("USD 0.000000", "USD 0.000080Correction");
    }

    @Test
    void saysHowMuchWasCorrectedInTheRowOfTheExperiment() {
        // given
        instance.body = CORRECTED;

        // when, then
        assertThat(exports.export("csv").out())
                .contains("a,growth,USD,8,0.000080,4,0.000040,CORRECTED,0.000030")
                .contains("e,growth,USD,7,0.000070,0,0.000000,CORRECTED,\r\n");
    }

    /** A month without impressions, then and now, whose fee was 150 micros when it became final. */
    private static String feeAlone(int nowMicros) {
        return FEE_THEN_USAGE
                .replaceAll("(?s)\"experiments\":\\[.*", "\"experiments\":[]}")
                .replace("\"impressions\":1,\"costMicros\":170", "\"impressions\":0,\"costMicros\":" + nowMicros);
    }

    private List<String> charges() throws IOException {
        return exports.focus().stream()
                .map(row -> String.join(
                        " | ",
                        row.get("ChargeDescription"),
                        row.get("ChargeCategory"),
                        row.get("ChargeClass"),
                        row.get("BilledCost")))
                .toList();
    }
}
