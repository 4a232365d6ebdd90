package dev.afterglow.schemas.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;

/** One request to a registry of one or more addresses: the first that answers is heard. Connections are kept alive. */
final class RestClient {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final HttpClient http;
    private final Endpoints endpoints;
    private final Duration readTimeout;
    private final Clock clock;

    RestClient(RegistryConfig config, Clock clock) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(config.connectTimeout());
        config.tls().ifPresent(builder::sslContext);
        this.http = builder.build();
        this.endpoints = new Endpoints(endpoints(config), clock);
        this.readTimeout = config.readTimeout();
        this.clock = clock;
    }

    Answer get(String path, Duration left) {
        return exchange(new Call("GET", path, Optional.empty()), left);
    }

    Answer post(String path, String body, Duration left) {
        return exchange(new Call("POST", path, Optional.of(body)), left);
    }

    Answer put(String path, String body, Duration left) {
        return exchange(new Call("PUT", path, Optional.of(body)), left);
    }

    private record Call(String method, String path, Optional<String> body) {}

    /**
     * Asks the addresses in turn. "Not found" counts only when every healthy address says so: a replica may lag behind
     * the one at which a schema was registered a moment ago.
     */
    private Answer exchange(Call call, Duration left) {
        List<RegistryUnavailableException> failures = new ArrayList<>();
        Answer notFound = null;
        for (Endpoints.Endpoint endpoint : endpoints.healthyFirst()) {
            if (notFound != null && !endpoints.isHealthy(endpoint)) {
                break;
            }
            try {
                Answer answer = send(endpoint, call, left);
                endpoints.answered(endpoint);
                if (!answer.isNotFound()) {
                    return answer;
                }
                notFound = answer;
            } catch (RegistryUnavailableException e) {
                endpoints.failed(endpoint);
                failures.add(e);
            }
        }
        if (notFound != null) {
            return notFound;
        }
        RegistryUnavailableException last = failures.remove(failures.size() - 1);
        failures.forEach(last::addSuppressed);
        throw last;
    }

    private Answer send(Endpoints.Endpoint endpoint, Call call, Duration left) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.base() + call.path()))
                .header("Accept", MEDIA_TYPE + ", application/vnd.schemaregistry+json, application/json");
        endpoint.authorization().ifPresent(value -> request.header("Authorization", value.value()));
        call.body()
                .ifPresent(text -> request.header("Content-Type", MEDIA_TYPE)
                        .method(call.method(), HttpRequest.BodyPublishers.ofString(text)));
        return Answer.of(endpoint.base(), await(endpoint, request.build(), left), clock);
    }

    private HttpResponse<String> await(Endpoints.Endpoint endpoint, HttpRequest request, Duration left) {
        // Even the last try of a budget gets a fair chance.
        long limit = Math.min(readTimeout.toMillis(), Math.max(left.toMillis(), LEAST.toMillis()));
        // The request's own time-out ends with the headers; this one covers a body that never comes, too.
        CompletableFuture<HttpResponse<String>> response = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return response.get(limit, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RegistryUnavailableException(endpoint.base() + " did not answer within " + limit + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new RegistryUnavailableException(endpoint.base() + " cannot be reached: " + io, io);
            }
            throw new RegistryRefusedException(
                    "No request could be sent to " + endpoint.base() + ": check schema.registry.url", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("Interrupted while waiting for " + endpoint.base(), e);
        } finally {
            response.cancel(true);
        }
    }

    private static List<Endpoints.Endpoint> endpoints(RegistryConfig config) {
        List<Endpoints.Endpoint> all = new ArrayList<>();
        for (String text : config.urls()) {
            try {
                URI url = URI.create(text);
                String userInfo = url.getRawUserInfo() == null ? "" : url.getRawUserInfo() + "@";
                String base = text.replace(userInfo, "").replaceAll("/+$", "");
                all.add(new Endpoints.Endpoint(
                        all.size(), base, config.credentials().headerFor(url)));
            } catch (IllegalArgumentException e) {
                // The value may hold a password, so it is not repeated.
                throw new ConfigException(RegistryConfig.URL + ": address " + (all.size() + 1) + " is no valid URL");
            }
        }
        return all;
    }
}
