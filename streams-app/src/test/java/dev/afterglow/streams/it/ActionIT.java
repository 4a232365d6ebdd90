package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does about an alert over HTTP is on its topic when the answer comes, and is shown soon after. */
@ExtendWith(SharedCluster.class)
class ActionIT {

    private static final int EVENTS = 600;

    @TempDir
    Path directory;

    @Test
    void writesAnAcknowledgementToItsTopic(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        try (var service = stand.start("one");
                var sender = stand.sender()) {
            stand.apply(Stand.DEFINITIONS);
            var api = new Api(service.url()).awaitSettled();
            sender.send(traffic, 0, EVENTS);
            sender.await();
            api.awaitSettled();
            var alert = api.get("/api/v1/alerts?status=open").path("alerts").path(0);

            // when
            var answer = post(
                    service.url(),
                    "{\"alertId\":\"" + alert.path("alertId").asText()
                            + "\",\"action\":\"ACKNOWLEDGE\",\"by\":\"ada\"}");

            // then
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(stand.committed().values(stand.topics().alertActions()))
                    .singleElement()
                    .satisfies(action -> {
                        assertThat(action.getAction()).isEqualTo(ActionKind.ACKNOWLEDGE);
                        assertThat(action.getAlertId())
                                .isEqualTo(alert.path("alertId").asText());
                    })
                    .isInstanceOf(AlertAction.class);
            var page = "/api/v1/alert-actions?subject=" + alert.path("subject").asText();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(api.get(page).path("actions").findValuesAsText("by"))
                                    .containsExactly("ada"));
        }
    }

    private static HttpResponse<String> post(String url, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/alert-actions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
