package dev.afterglow.streams.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Gets JSON from the HTTP API of the pipeline. */
final class ApiClient {

    private static final String ROOT = "/api/v1/";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;

    /**
     * @param base address of the server, such as {@code http://127.0.0.1:8080}
     */
    ApiClient(URI base) {
        this.base = base;
    }

    /**
     * What is at a path.
     *
     * @throws ApiException when there is no good answer
     */
    JsonNode get(String path) {
        return find(path).orElseThrow(() -> new ApiException(base.resolve(ROOT + path) + " does not exist"));
    }

    /**
     * What is at a path; empty when the server knows nothing of that name.
     *
     * @throws ApiException when there is no good answer
     */
    Optional<JsonNode> find(String path) {
        var address = base.resolve(ROOT + path);
        var request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        try {
            var response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new ApiException(address + " answered " + response.statusCode());
            }
            return Optional.of(json.readTree(response.body()));
        } catch (IOException e) {
            throw new ApiException(address + " did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while waiting for " + address, e);
        }
    }

    /** A text as one segment of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
