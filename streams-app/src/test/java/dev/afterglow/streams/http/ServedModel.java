package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.progress.SettlementStatus;
import dev.afterglow.streams.readmodel.FilledReadModel;
import dev.afterglow.streams.readmodel.Samples;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

// One server for all tests of a class: it takes a second to stop while a client keeps its connection.
@TestInstance(Lifecycle.PER_CLASS)
abstract class ServedModel {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final ExperimentKey AWKWARD = new ExperimentKey("shop", "test", "a/b %ü");

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    FilledReadModel model;
    boolean ready;
    Map<ExperimentKey, List<ExperimentDefinition>> defined;
    SettlementStatus status;
    List<AlertAction> acted;
    boolean writable;
    Supplier<Optional<Instant>> judgedUpTo;
    Map<String, PolicyHistory> policies;
    FakeAccounts accounts;

    @BeforeAll
    void start() {
        server = HttpServer.start("127.0.0.1", 0, sources());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void open(@TempDir Path directory) {
        model = new FilledReadModel(directory);
        ready = true;
        defined = new HashMap<>();
        acted = new ArrayList<>();
        writable = true;
        judgedUpTo = () -> Optional.of(HOUR);
        policies = new HashMap<>();
        accounts = new FakeAccounts();
        status = new SettlementStatus(
                true, Optional.of(HOUR), Optional.of(HOUR), HOUR.plusSeconds(1), Map.of("intake", 0L));
    }

    @AfterEach
    void close() {
        model.close();
    }

    HttpSources sources() {
        return new HttpSources(
                () -> model.view(),
                () -> status,
                () -> new Readiness(Map.of("streams", ready, "topics", true)),
                () -> "metrics",
                RolloutStatus::nameOf,
                () -> judgedUpTo.get(),
                this::configured,
                this::act,
                Clock.fixed(HOUR, ZoneOffset.UTC));
    }

    private void act(AlertAction action) {
        if (!writable) {
            throw new UnavailableException("the brokers are away", null);
        }
        acted.add(action);
    }

    private Optional<Configured> configured(ExperimentKey experiment) {
        return ready
                ? Optional.of(new Configured(
                        Definitions.of(defined.getOrDefault(experiment, List.of())),
                        policies.getOrDefault(experiment.project(), PolicyHistory.empty(experiment.project())),
                        accounts::plans))
                : Optional.empty();
    }

    void count(ExperimentKey experiment, String variant, long count) {
        model.put(
                TOPICS.impressions(),
                Samples.countKey(experiment, HOUR, variant),
                Samples.count(experiment, HOUR, variant, count, 1));
    }

    JsonNode get(String path, int status) throws Exception {
        var response = send(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        return JSON.readTree(response.body());
    }

    HttpResponse<String> send(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Posts JSON, in which quotes may be single for the sake of the reader. */
    JsonNode post(String path, String body, int status) throws Exception {
        var response = send(path, "application/json", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    HttpResponse<String> send(String path, String type, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String fields(JsonNode node, String... names) {
        var values = new StringBuilder();
        for (var name : names) {
            values.append(values.isEmpty() ? "" : " ").append(node.get(name).asText());
        }
        return values.toString();
    }
}
