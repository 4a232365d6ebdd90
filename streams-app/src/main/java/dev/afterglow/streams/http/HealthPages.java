package dev.afterglow.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** Whether the process lives, whether it can work, how far it has come, and its metrics. */
final class HealthPages {

    private final HttpSources sources;

    HealthPages(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/health/live", this::live);
        routes.get("/health/ready", this::ready);
        routes.get("/metrics", this::metrics);
        routes.get("/api/v1/status", this::status);
    }

    private void live(Context context) {
        Json.answer(context, Map.of("status", "UP"));
    }

    private void ready(Context context) {
        var readiness = sources.readiness().get();
        Json.answer(
                context,
                readiness.ready() ? 200 : 503,
                new Ready(readiness.ready() ? "UP" : "DOWN", readiness.checks()));
    }

    private void metrics(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(sources.metrics().get());
    }

    private void status(Context context) {
        var status = sources.status().get();
        Json.answer(
                context,
                new Status(
                        status.settled(),
                        text(status.watermark()),
                        status.asOf().toString(),
                        status.lag(),
                        text(status.served())));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private record Ready(String status, Map<String, Boolean> checks) {}

    private record Status(boolean settled, String watermark, String asOf, Map<String, Long> lag, String served) {}
}
