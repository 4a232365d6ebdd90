package dev.afterglow.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A page for people that says what there is to ask for. */
final class IndexPage {

    private final String page;

    IndexPage() {
        try (var resource = IndexPage.class.getResourceAsStream("index.html")) {
            page = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("index.html is not in the jar", e);
        }
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", this::index);
    }

    private void index(Context context) {
        context.html(page);
    }
}
