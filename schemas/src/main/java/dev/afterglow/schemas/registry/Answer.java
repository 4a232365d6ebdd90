package dev.afterglow.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * What a registry answered, sorted by what it means for us: usable, not found, come back later, or no.
 *
 * @param url the base URL that answered, fit for messages
 * @param status the HTTP status
 * @param json the body; missing when it is no JSON
 */
record Answer(String url, int status, JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws RegistryUnavailableException when the status means that trying again may help */
    static Answer of(String url, HttpResponse<String> response, Clock clock) {
        int status = response.statusCode();
        if (status == 408 || status == 429 || status >= 500) {
            throw new RegistryUnavailableException(url + " answered " + status, null, retryAfter(response, clock));
        }
        JsonNode json = parse(response.body());
        if (status == 200 && !json.isObject()) {
            // Not a registry's voice: a proxy or a captive page stands in between, and may go away.
            throw new RegistryUnavailableException(url + " answered 200 with something that is no JSON object", null);
        }
        return new Answer(url, status, json);
    }

    /**
     * A registry says what it misses with a code of its own (404xx). A bare 404 comes from a wrong path or a proxy and
     * says nothing about a schema: taking it for one would dead-letter good records.
     */
    boolean isNotFound() {
        return status == 404 && json.path("error_code").asInt() / 100 == 404;
    }

    /** The registry says that something stands against it: an incompatible version, or another request just now. */
    boolean isConflict() {
        return status == 409;
    }

    /** This answer when it is usable. */
    Answer orRefuse(String what) {
        if (status == 200) {
            return this;
        }
        String said = json.path("message").asText("");
        throw new RegistryRefusedException("The schema registry at " + url + " answered " + status + " when asked to "
                + what + (said.isEmpty() ? "" : " (\"" + said + "\")") + ": " + remedy());
    }

    private String remedy() {
        return switch (status) {
            case 401 -> "check basic.auth.credentials.source and basic.auth.user.info, or bearer.auth.token";
            case 403 -> "give these credentials the right to do so, or set auto.register.schemas=false";
            case 404 ->
                "check the path in schema.registry.url; no registry answers under it (Apicurio, also the embedded one, has Confluent's API under /apis/ccompat/v7)";
            case 409 ->
                "the schema is not compatible with the subject's versions: change the schema compatibly, or the"
                        + " subject's compatibility level";
            default -> "check schema.registry.url and the schema";
        };
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static Duration retryAfter(HttpResponse<?> response, Clock clock) {
        String value = response.headers().firstValue("Retry-After").orElse("").trim();
        try {
            if (value.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            return value.isEmpty()
                    ? Duration.ZERO
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
