package dev.afterglow.streams.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP interface, running. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(HttpServer.class);
    private static final int MOST_THREADS = 24;
    private static final int FEWEST_THREADS = 4;
    private static final long STOP_WITHIN_MS = 3_000;

    private static final Set<UriCompliance.Violation> ALLOWED = Set.of(
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT);

    private final Javalin javalin;
    private final String host;

    private HttpServer(Javalin javalin, String host) {
        this.javalin = javalin;
        this.host = host;
    }

    /**
     * Starts the server.
     *
     * @param host address to listen on
     * @param port 1 to 65535, or 0 for any free one
     * @param sources what the pages are made of
     * @throws HttpStartException when it cannot listen there; the message names the remedy
     */
    public static HttpServer start(String host, int port, HttpSources sources) {
        var javalin = Javalin.create(config -> configure(config, sources));
        try {
            return new HttpServer(javalin.start(host, port), host);
        } catch (JavalinBindException e) {
            throw new HttpStartException(
                    "cannot listen on " + host + ":" + port + ": " + reason(e)
                            + ". Choose another port with --http-port, or 0 for any free one",
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Its address, {@code http://host:port}. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** Stops listening; requests under way have three seconds to end. */
    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, HttpSources sources) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = false;
        var threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            // A key may be any text, a slash (%2F), a percent sign (%25) or two dots (%2E%2E) among it: routes are
            // matched before decoding and no files are served, so that these are no ambiguities here.
            http.setUriCompliance(UriCompliance.from(ALLOWED));
        });
        config.jetty.modifyServletContextHandler(
                context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_WITHIN_MS);
            server.setErrorHandler(new JettyErrors());
        });
        new IndexPage().addTo(config.routes);
        new HealthPages(sources).addTo(config.routes);
        new ExperimentPages(sources).addTo(config.routes);
        new ExplainPage(sources).addTo(config.routes);
        new CostPages(sources).addTo(config.routes);
        new AlertPages(sources).addTo(config.routes);
        new CasesPage(sources).addTo(config.routes);
        new WhatIfPage(sources).addTo(config.routes);
        new ActionPages(sources).addTo(config.routes);
        new OutcomePages(sources).addTo(config.routes);
        new ConservationPages(sources).addTo(config.routes);
        config.routes.exception(ApiException.class, HttpServer::refuse);
        config.routes.exception(UnavailableException.class, HttpServer::unavailable);
        config.routes.exception(HttpResponseException.class, HttpServer::notServed);
        config.routes.exception(Exception.class, HttpServer::fail);
    }

    private static void refuse(ApiException e, Context context) {
        Json.answer(context, e.status(), new ErrorBody(e.getMessage(), e.remedy()));
    }

    private static void unavailable(UnavailableException e, Context context) {
        LOGGER.atWarn().setCause(e).addKeyValue("path", context.path()).log("A request could not be met");
        Json.answer(context, 503, new ErrorBody(e.getMessage(), "look whether it is there, then ask again"));
    }

    private static void notServed(HttpResponseException e, Context context) {
        var error = e.getStatus() == 404
                ? "there is nothing at " + context.method() + " " + context.path()
                : e.getMessage();
        Json.answer(context, e.getStatus(), new ErrorBody(error, "see / for what there is to ask for"));
    }

    private static void fail(Exception e, Context context) {
        LOGGER.atError().setCause(e).addKeyValue("path", context.path()).log("A request failed");
        Json.answer(context, 500, new ErrorBody("the request failed", "see the log of the instance, then ask again"));
    }

    private static String reason(Throwable e) {
        var last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage();
    }
}
