package dev.afterglow.streams.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a running instance. */
final class Instance {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);
    private static final int OK = 200;

    private Instance() {}

    /**
     * What is at an address.
     *
     * @throws IllegalStateException when that is an error, or nothing; the message names the remedy
     */
    static String get(URI address, Duration timeout) throws InterruptedException {
        return answer(HttpRequest.newBuilder(address).timeout(timeout).build());
    }

    /**
     * What is answered to a body.
     *
     * @throws IllegalStateException when that is an error, or nothing; the message names the remedy
     */
    static String post(URI address, String type, String body, Duration timeout) throws InterruptedException {
        return answer(HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build());
    }

    /**
     * The path of a page about an experiment.
     *
     * @param experiment {@code project/environment/experiment}
     * @param page what follows, beginning with a slash
     * @throws BadInputException when that is no experiment
     */
    static String experiment(String experiment, String page) {
        ExperimentKey key;
        try {
            key = ExperimentKey.parse(experiment);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(e.getMessage());
        }
        return "/api/v1/experiments/" + segment(key.project()) + '/' + segment(key.environment()) + '/'
                + segment(key.experiment()) + page;
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    private static String answer(HttpRequest request) throws InterruptedException {
        var client = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();
        try {
            var response = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != OK) {
                throw new IllegalStateException(error(request.uri(), response));
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no answer from " + request.uri().getScheme() + "://"
                            + request.uri().getAuthority()
                            + ": start an instance with 'afterglow run', or give its address with --url",
                    e);
        }
    }

    private static String error(URI address, HttpResponse<String> response) {
        try {
            var body = new ObjectMapper().readTree(response.body());
            if (body.path("error").isTextual()) {
                return body.path("error").asText() + ": " + body.path("remedy").asText();
            }
        } catch (IOException e) {
            // Said below.
        }
        return address + " answered " + response.statusCode() + ": is that an instance of Afterglow?";
    }
}
