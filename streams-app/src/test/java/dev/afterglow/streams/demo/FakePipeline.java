package dev.afterglow.streams.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts by the oracle, takes bills and alerts as told, and answers over real HTTP in the shapes of the API. */
final class FakePipeline implements DemoServices, AutoCloseable {

    final List<String> calls = new ArrayList<>();
    final List<ExperimentDefinition> definitions = new ArrayList<>();
    final Oracle oracle = new Oracle(Records.NOW, List.of());
    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Actual told;

    FakePipeline(Actual told) throws IOException {
        this.told = told;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/", this::answer);
        server.start();
    }

    @Override
    public void send(GeneratedRecord generated) {
        note("event");
        oracle.add(generated);
    }

    @Override
    public void send(ProjectPolicy policy) {
        note("policy");
    }

    @Override
    public void send(ExperimentDefinition definition) {
        note("definition");
        definitions.add(definition);
    }

    @Override
    public void send(PricePlan plan) {
        note("plan");
    }

    @Override
    public void send(Budget budget) {
        note("budget");
    }

    @Override
    public void awaitSettled() {
        note("settled");
    }

    @Override
    public URI http() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void note(String call) {
        if (calls.isEmpty() || !calls.get(calls.size() - 1).equals(call)) {
            calls.add(call);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath().substring("/api/v1/".length());
        var parts = path.split("/");
        var body = write(
                switch (parts[0]) {
                    case "experiments" -> parts.length == 1 ? experiments() : experiment(parts);
                    case "accounts" -> costs(parts[1], exchange.getRequestURI().getQuery());
                    case "alerts" -> alerts();
                    case "conservation" -> conservation();
                    default -> Map.of("settled", true, "watermark", "2026-11-01T09:41:17Z", "lag", Map.of("intake", 3));
                });
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] write(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> conservation() {
        var ledger = oracle.conservation();
        return Map.of(
                "received", ledger.received(),
                "counted", ledger.counted(),
                "duplicate", ledger.duplicate(),
                "excluded", ledger.excluded(),
                "deadLettered", ledger.deadLettered(),
                "conflicts", ledger.conflicts(),
                "byReason", Map.of("deadLettered", ledger.reasons()));
    }

    private Map<String, Object> experiments() {
        return Map.of(
                "experiments",
                oracle.counts.entrySet().stream()
                        .map(entry ->
                                identified(entry.getKey(), Map.of("impressions", Expectation.total(entry.getValue()))))
                        .toList());
    }

    private Map<String, Object> experiment(String[] parts) {
        var key = new ExperimentKey(parts[1], parts[2], decode(parts[3]));
        return Map.of(
                "hours",
                oracle.counts.get(key).entrySet().stream()
                        .map(cell -> Map.of(
                                "variant", cell.getKey().variant(),
                                "hour", cell.getKey().hour().toString(),
                                "impressions", cell.getValue(),
                                "revision", 1))
                        .toList());
    }

    private static String decode(String segment) {
        return URI.create("x:/" + segment).getPath().substring(1);
    }

    private Map<String, Object> costs(String account, String query) {
        var bill = told.bills().stream()
                .filter(any -> any.account().equals(account) && query.equals("period=" + any.period()))
                .findFirst()
                .orElseThrow();
        return Map.of(
                "account", account,
                "period", bill.period().toString(),
                "currency", bill.currency(),
                "impressions", bill.impressions(),
                "costMicros", bill.costMicros(),
                "wastedMicros", bill.wastedMicros(),
                "experiments",
                        bill.lines().entrySet().stream()
                                .map(line -> identified(
                                        line.getKey(),
                                        Map.of(
                                                "impressions", line.getValue().impressions(),
                                                "costMicros", line.getValue().costMicros(),
                                                "wastedMicros", line.getValue().wastedMicros())))
                                .toList());
    }

    private Map<String, Object> alerts() {
        return Map.of(
                "alerts",
                told.alerts().stream()
                        .map(alert -> Map.of(
                                "alertId", alert.alertId(),
                                "kind", alert.kind(),
                                "subject", alert.subject(),
                                "status", alert.status(),
                                "summary", alert.summary()))
                        .toList());
    }

    private static Map<String, Object> identified(ExperimentKey key, Map<String, Long> figures) {
        var fields = figures.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> (Object) entry.getValue()));
        fields.put("project", key.project());
        fields.put("environment", key.environment());
        fields.put("experiment", key.experiment());
        return fields;
    }
}
