package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The HTTP interface, read as a stranger would who knows nothing but its paths and fields. */
public final class Api {

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;

    /** Of the instance with an address. */
    public Api(String url) {
        this.url = url;
    }

    /** What must be the same after a restart: counts, bill, alerts and the ledger. */
    public record Answers(Map<ImpressionKey, Long> counts, JsonNode costs, TreeSet<String> alerts, Sums sums) {}

    /** The ledger's totals. */
    public record Sums(long received, long counted, long duplicate, long excluded, long deadLettered) {

        void mustBalance() {
            assertThat(received).as("received of %s", this).isEqualTo(counted + duplicate + excluded + deadLettered);
        }
    }

    /** Waits until everything that has been sent by now can be read here. */
    public Api awaitSettled() {
        var sent = Instant.now();
        await().atMost(SETTLES_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> isSettledSince(sent));
        return this;
    }

    /** Whether everything that was sent before a time can be read here. */
    public boolean isSettledSince(Instant sent) throws IOException, InterruptedException {
        var status = get("/api/v1/status");
        return status.path("settled").asBoolean()
                && !Instant.parse(status.path("asOf").asText()).isBefore(sent);
    }

    Answers answers(YearMonth period) throws IOException, InterruptedException {
        var alerts = new TreeSet<String>();
        get("/api/v1/alerts?status=all")
                .path("alerts")
                .forEach(alert -> alerts.add(alert.path("alertId").asText()
                        + ' '
                        + alert.path("status").asText()));
        var costs = (ObjectNode) get("/api/v1/accounts/" + Traffic.ACCOUNT + "/costs?period=" + period);
        // How often it was published depends on how the traffic came, not on what came.
        costs.remove("revision");
        return new Answers(counts(), costs, alerts, sums());
    }

    /** Impressions of all experiments by hour and variant; fails where the totals beside them are not their sums. */
    Map<ImpressionKey, Long> counts() throws IOException, InterruptedException {
        var counts = new HashMap<ImpressionKey, Long>();
        for (var summary : get("/api/v1/experiments").path("experiments")) {
            var key = new ExperimentKey(
                    summary.path("project").asText(),
                    summary.path("environment").asText(),
                    summary.path("experiment").asText());
            if (summary.path("impressions").asLong() > 0) {
                addCounts(key, summary.path("impressions").asLong(), counts);
            }
        }
        return counts;
    }

    boolean hasSeen(ExperimentKey key) throws IOException, InterruptedException {
        for (var summary : get("/api/v1/experiments").path("experiments")) {
            if (summary.path("experiment").asText().equals(key.experiment())) {
                return true;
            }
        }
        return false;
    }

    private void addCounts(ExperimentKey key, long total, Map<ImpressionKey, Long> counts)
            throws IOException, InterruptedException {
        var detail = get("/api/v1/experiments/" + key);
        long hours = 0;
        for (var hour : detail.path("hours")) {
            long impressions = hour.path("impressions").asLong();
            var cell = new ImpressionKey(
                    key,
                    Instant.parse(hour.path("hour").asText()),
                    hour.path("variant").asText());
            assertThat(counts.put(cell, impressions)).as("second %s", cell).isNull();
            hours += impressions;
        }
        long variants = 0;
        for (var variant : detail.path("variants")) {
            variants += variant.path("impressions").asLong();
        }
        assertThat(new long[] {detail.path("impressions").asLong(), hours, variants})
                .as("total, sum of hours and sum of variants of %s", key)
                .containsOnly(total);
    }

    /** What the ledgers say. */
    public Sums sums() throws IOException, InterruptedException {
        var sums = get("/api/v1/conservation");
        return new Sums(
                sums.path("received").asLong(),
                sums.path("counted").asLong(),
                sums.path("duplicate").asLong(),
                sums.path("excluded").asLong(),
                sums.path("deadLettered").asLong());
    }

    /** The answer to a GET; an {@link IOException} unless it is 200. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return json.readTree(response.body());
    }
}
