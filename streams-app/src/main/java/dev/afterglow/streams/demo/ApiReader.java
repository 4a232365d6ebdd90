package dev.afterglow.streams.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads over HTTP what the pipeline has made of the traffic. */
final class ApiReader {

    private final ApiClient api;

    ApiReader(ApiClient api) {
        this.api = api;
    }

    /**
     * Everything there is to compare.
     *
     * @param expected the bills to ask for
     * @throws ApiException when the API gives no good answer
     */
    Actual read(Collection<Bill> expected) {
        var counts = new HashMap<ExperimentKey, Map<Cell, Long>>();
        var totals = new HashMap<ExperimentKey, Long>();
        for (var node : array(api.get("experiments"), "experiments")) {
            var key = key(node);
            totals.put(key, number(node, "impressions"));
            counts.put(key, cells(key));
        }
        var bills = new ArrayList<Bill>();
        for (var bill : expected) {
            bill(bill.account(), bill.period()).ifPresent(bills::add);
        }
        return new Actual(counts, totals, conservation(api.get("conservation")), bills, alerts("all"));
    }

    /** The alerts of a status: {@code open} or {@code all}. */
    List<ActualAlert> alerts(String status) {
        var alerts = new ArrayList<ActualAlert>();
        for (var node : array(api.get("alerts?status=" + status), "alerts")) {
            alerts.add(new ActualAlert(
                    text(node, "alertId"),
                    text(node, "kind"),
                    text(node, "subject"),
                    text(node, "status"),
                    node.path("summary").asText("")));
        }
        return alerts;
    }

    /** The bill of an account for a month; empty when there is none. */
    Optional<Bill> bill(String account, YearMonth period) {
        return api.find("accounts/" + ApiClient.segment(account) + "/costs?period=" + period)
                .map(ApiReader::bill);
    }

    private static Bill bill(JsonNode node) {
        var lines = new HashMap<ExperimentKey, Bill.Line>();
        for (var line : array(node, "experiments")) {
            lines.put(
                    key(line),
                    new Bill.Line(
                            number(line, "impressions"), number(line, "costMicros"), number(line, "wastedMicros")));
        }
        return new Bill(
                text(node, "account"),
                YearMonth.parse(text(node, "period")),
                text(node, "currency"),
                number(node, "impressions"),
                number(node, "costMicros"),
                number(node, "wastedMicros"),
                lines);
    }

    static Conservation conservation(JsonNode node) {
        var reasons = new HashMap<String, Long>();
        node.path("byReason")
                .path("deadLettered")
                .properties()
                .forEach(entry -> reasons.put(entry.getKey(), entry.getValue().asLong()));
        return new Conservation(
                number(node, "received"),
                number(node, "counted"),
                number(node, "duplicate"),
                number(node, "excluded"),
                number(node, "deadLettered"),
                number(node, "conflicts"),
                reasons);
    }

    private Map<Cell, Long> cells(ExperimentKey key) {
        var node = api.get("experiments/" + ApiClient.segment(key.project()) + '/'
                + ApiClient.segment(key.environment()) + '/' + ApiClient.segment(key.experiment()));
        var cells = new HashMap<Cell, Long>();
        for (var hour : array(node, "hours")) {
            var cell = new Cell(text(hour, "variant"), Instant.parse(text(hour, "hour")));
            if (cells.put(cell, number(hour, "impressions")) != null) {
                throw new ApiException("hour " + cell + " of " + key + " is listed twice");
            }
        }
        return cells;
    }

    private static ExperimentKey key(JsonNode node) {
        return new ExperimentKey(text(node, "project"), text(node, "environment"), text(node, "experiment"));
    }

    private static JsonNode array(JsonNode node, String field) {
        return require(node, field, node.path(field).isArray());
    }

    private static String text(JsonNode node, String field) {
        return require(node, field, node.path(field).isTextual()).asText();
    }

    static long number(JsonNode node, String field) {
        return require(node, field, node.path(field).isIntegralNumber()).asLong();
    }

    private static JsonNode require(JsonNode node, String field, boolean good) {
        if (!good) {
            throw new ApiException("the API gave no usable '" + field + "'");
        }
        return node.get(field);
    }
}
