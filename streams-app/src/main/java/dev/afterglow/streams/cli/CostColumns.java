package dev.afterglow.streams.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.commons.csv.CSVFormat;

/**
 * The costs of an account as rows. Amounts are decimals of the currency with six places, so that nothing is rounded.
 *
 * <p>Rows sum to the account's cost: what no experiment has a part in, the fee of a month without impressions, has a row of its
 * own, without an experiment; it stays one when impressions of a final month come later.
 *
 * <p>FOCUS is the FinOps Open Cost and Usage Specification. Of version 1.2 there are the columns that every data set has to
 * have, and those that apply to usage of a resource, in the order of the alphabet; columns of our own begin with {@code x_} and
 * come last, as it wants. There are no list of SKUs and no unit prices: an account is priced as a whole, in tiers.
 */
final class CostColumns {

    private static final int MICRO_DIGITS = 6;

    /** A column: its value by the account's costs and the share of one experiment, or a charge of it. */
    record Column(String name, BiFunction<JsonNode, JsonNode, Object> value) {}

    static final List<Column> PLAIN = List.of(
            ofAccount("account"),
            ofAccount("period"),
            ofShare("project"),
            ofShare("environment"),
            ofShare("experiment"),
            ofShare("team"),
            ofAccount("currency"),
            ofShare("impressions"),
            amount("cost", "costMicros"),
            ofShare("leftoverImpressions"),
            amount("wasted", "wastedMicros"),
            ofAccount("status"),
            new Column(
                    "correction",
                    (costs, share) ->
                            share.hasNonNull("correction") ? money(share.get("correction"), "costMicros") : null));

    static final List<Column> FOCUS = List.of(
            amount("BilledCost", "costMicros"),
            new Column("BillingAccountId", (costs, share) -> text(costs, "account")),
            new Column("BillingAccountName", (costs, share) -> text(costs, "account")),
            ofShare("BillingCurrency", "currency"),
            instant("BillingPeriodEnd", "periodEnd"),
            instant("BillingPeriodStart", "periodStart"),
            byKind("ChargeCategory", "Usage", "Purchase"),
            ofShare("ChargeClass", FocusCharges.CLASS),
            new Column("ChargeDescription", (costs, share) -> describe(share)),
            byKind("ChargeFrequency", "Usage-Based", "Recurring"),
            instant("ChargePeriodEnd", "periodEnd"),
            instant("ChargePeriodStart", "periodStart"),
            new Column("ConsumedQuantity", (costs, share) -> isOfExperiment(share) ? text(share, "impressions") : null),
            byKind("ConsumedUnit", "Impressions", null),
            amount("ContractedCost", "costMicros"),
            amount("EffectiveCost", "costMicros"),
            constant("InvoiceIssuerName", "Afterglow"),
            amount("ListCost", "costMicros"),
            constant("PricingCategory", "Standard"),
            ofShare("PricingQuantity", "impressions"),
            constant("PricingUnit", "Impressions"),
            constant("ProviderName", "Afterglow"),
            constant("PublisherName", "Afterglow"),
            new Column("ResourceId", (costs, share) -> experiment(share)),
            ofShare("ResourceName", "experiment"),
            byKind("ResourceType", "Experiment", null),
            constant("ServiceCategory", "Developer Tools"),
            constant("ServiceName", "Experiment impressions"),
            constant("ServiceSubcategory", "Other (Developer Tools)"),
            ofShare("SubAccountId", "project"),
            ofShare("SubAccountName", "project"),
            new Column("Tags", (costs, share) -> tags(share)),
            ofShare("x_LeftoverImpressions", "leftoverImpressions"),
            new Column("x_PeriodStatus", (costs, share) -> text(costs, "status")),
            amount("x_WastedCost", "wastedMicros"));

    private CostColumns() {}

    /**
     * Prints the header and the rows, as RFC 4180 wants.
     *
     * @param shares the experiments, or the charges of them
     */
    static void print(JsonNode costs, Iterable<JsonNode> shares, List<Column> columns, Appendable out)
            throws IOException {
        row(columns.stream().map(Column::name).toArray(), out);
        for (var share : shares) {
            row(
                    columns.stream()
                            .map(column -> column.value().apply(costs, share))
                            .toArray(),
                    out);
        }
    }

    private static void row(Object[] values, Appendable out) throws IOException {
        out.append(CSVFormat.RFC4180.format(values)).append(CSVFormat.RFC4180.getRecordSeparator());
    }

    private static Column ofAccount(String name) {
        return new Column(name, (costs, share) -> text(costs, name));
    }

    private static Column ofShare(String name) {
        return ofShare(name, name);
    }

    private static Column ofShare(String name, String field) {
        return new Column(name, (costs, share) -> text(share, field));
    }

    private static Column amount(String name, String micros) {
        return new Column(name, (costs, share) -> money(share, micros));
    }

    private static String money(JsonNode node, String micros) {
        return BigDecimal.valueOf(node.path(micros).longValue(), MICRO_DIGITS).toPlainString();
    }

    private static Column instant(String name, String field) {
        return new Column(
                name, (costs, share) -> Instant.parse(text(costs, field)).toString());
    }

    private static Column constant(String name, String value) {
        return new Column(name, (costs, share) -> value);
    }

    private static Column byKind(String name, String ofExperiment, String otherwise) {
        return new Column(name, (costs, share) -> isOfExperiment(share) ? ofExperiment : otherwise);
    }

    private static boolean isOfExperiment(JsonNode share) {
        return share.hasNonNull("experiment");
    }

    /** Null, an empty field, when there is none. */
    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    private static String experiment(JsonNode share) {
        return isOfExperiment(share)
                ? text(share, "project") + '/' + text(share, "environment") + '/' + text(share, "experiment")
                : null;
    }

    private static String describe(JsonNode charge) {
        var what = isOfExperiment(charge)
                ? "Impressions of experiment " + experiment(charge)
                : "Fee or minimum of the price plan";
        return charge.has(FocusCharges.CLASS)
                ? "Correction of " + Character.toLowerCase(what.charAt(0)) + what.substring(1)
                : what;
    }

    private static String tags(JsonNode share) {
        var tags = new ObjectMapper().createObjectNode();
        if (isOfExperiment(share)) {
            tags.put("environment", text(share, "environment"));
        }
        if (share.hasNonNull("team")) {
            tags.put("team", text(share, "team"));
        }
        return tags.toString();
    }
}
