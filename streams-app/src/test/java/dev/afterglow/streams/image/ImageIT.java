package dev.afterglow.streams.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One stack for all tests, in order, since a stack takes half a minute to start; the last test stops it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImageIT {

    private static final int ROWS = 1_000;
    private static final int EXPERIMENTS = 4;
    private static final String API = "/api/v1";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Stack stack;
    private static String obstacle;

    @BeforeAll
    static void start() throws Exception {
        var images = Images.configured();
        obstacle = images.obstacle().orElse(null);
        if (obstacle == null) {
            stack = Stack.start(images);
        } else {
            // Maven counts what is skipped, and does not say why.
            System.out.println("ImageIT is skipped: " + obstacle + ".");
        }
    }

    /** Before each, not once before all: a class given up as a whole is not among the skipped tests that are counted. */
    @BeforeEach
    void needsContainers() {
        Assumptions.assumeTrue(obstacle == null, obstacle);
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void doesNotRunAsRoot() throws Exception {
        // when
        var result = stack.run("id", "-u");

        // then
        assertThat(result.output().strip()).isEqualTo("10001");
    }

    @Test
    @Order(2)
    void countsTrafficAndTellsTheCountsOverHttp() throws Exception {
        // given
        stack.copy(traffic(), "/tmp/traffic.csv");

        // when
        var replay = replay();

        // then
        assertThat(replay.exitCode()).as(replay.output()).isZero();
        for (int i = 0; i < EXPERIMENTS; i++) {
            var experiment = get(API + "/experiments/shop/production/item-" + i);
            assertThat(experiment.path("impressions").asLong())
                    .as("%s", experiment)
                    .isEqualTo(ROWS / EXPERIMENTS);
        }
    }

    @Test
    @Order(3)
    void countsNothingTwiceWhenTheSameTrafficIsSentAgain() throws Exception {
        // when
        replay();

        // then
        var conservation = get(API + "/conservation");
        assertThat(conservation.path("counted").asLong()).as("%s", conservation).isEqualTo(ROWS);
        assertThat(conservation.path("duplicate").asLong())
                .as("%s", conservation)
                .isEqualTo(ROWS);
    }

    @Test
    @Order(4)
    void stopsInOrderWhenItIsAskedTo() throws Exception {
        // when
        var exitCode = stack.stopAfterglow();

        // then
        assertThat(exitCode).as(stack.logs()).isIn(0, 143);
        assertThat(stack.logs()).contains("stopping");
    }

    private static Stack.CommandResult replay() throws Exception {
        return stack.run(
                "afterglow",
                "replay",
                "/tmp/traffic.csv",
                "--project=shop",
                "--experiment=item-{item}",
                "--variant={variant}",
                "--unit={user}",
                "--time=at",
                "--wait",
                "--timeout=2m");
    }

    private static String traffic() {
        var csv = new StringBuilder("at,item,variant,user\n");
        IntStream.range(0, ROWS)
                .forEach(i -> csv.append("2026-01-01T00:00:00Z,")
                        .append(i % EXPERIMENTS)
                        .append(i % 3 == 0 ? ",red,u" : ",blue,u")
                        .append(i % 50)
                        .append('\n'));
        return csv.toString();
    }

    private static JsonNode get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(stack.url() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        var response = HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
