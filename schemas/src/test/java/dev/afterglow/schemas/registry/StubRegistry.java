package dev.afterglow.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;

/** A registry in this JVM that speaks Confluent's REST API and as much of Apicurio's as its serde needs. */
public final class StubRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFLUENT = "/apis/ccompat/v7";
    private static final String APICURIO = "/apis/registry/v2";

    static {
        // Without it the JDK's server waits 40 ms for the client's delayed acknowledgement, in every answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    public record Request(String method, String path, String authorization, String contentType, String body) {}

    public record Reply(int status, String body, Map<String, String> headers) {
        public static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> scripted = new ConcurrentLinkedQueue<>();
    private final InMemorySchemaRegistry schemas = new InMemorySchemaRegistry();
    private volatile Function<Request, Optional<Reply>> override = request -> Optional.empty();

    public StubRegistry() throws IOException {
        this(Optional.empty());
    }

    StubRegistry(Optional<SSLContext> tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        if (tls.isPresent()) {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            server = https;
        } else {
            server = HttpServer.create(address, 0);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port() + CONFLUENT;
    }

    public String apicurioUrl() {
        return "http://127.0.0.1:" + port() + APICURIO;
    }

    int port() {
        return server.getAddress().getPort();
    }

    public InMemorySchemaRegistry schemas() {
        return schemas;
    }

    public Queue<Request> requests() {
        return requests;
    }

    /** Answers the next request with this, whatever it is; further calls queue up. */
    public void next(Reply reply) {
        scripted.add(reply);
    }

    /** Answers with this while it gives an answer. */
    public void always(Function<Request, Optional<Reply>> answer) {
        override = answer;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath()
                            + Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                                    .map(query -> "?" + query)
                                    .orElse(""),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Reply reply = Optional.ofNullable(scripted.poll())
                    .or(() -> override.apply(request))
                    .orElseGet(() -> answer(request));
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply answer(Request request) {
        try {
            return request.path().startsWith(CONFLUENT)
                    ? confluent(request, request.path().substring(CONFLUENT.length()))
                    : apicurio(request, request.path().substring(APICURIO.length()));
        } catch (PoisonException e) {
            return Reply.of(
                    404,
                    request.path().startsWith(CONFLUENT)
                            ? "{\"error_code\":40403,\"message\":\"Schema not found\"}"
                            : "{\"error_code\":404,\"name\":\"ContentNotFoundException\",\"message\":\"none\"}");
        } catch (RegistryRefusedException e) {
            return Reply.of(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
        } catch (IOException | RuntimeException e) {
            return Reply.of(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
        }
    }

    private Reply confluent(Request request, String path) throws IOException {
        String[] parts = path.split("[/?]");
        if (path.startsWith("/schemas/ids/")) {
            Schema schema = schemas.byId(Integer.parseInt(parts[3]));
            return ok(JSON.createObjectNode().put("schema", schema.toString()));
        }
        if (path.startsWith("/config/")) {
            return Reply.of(200, request.body());
        }
        if (path.endsWith("/versions/latest")) {
            RegisteredSchema latest = schemas.latest(parts[2]);
            return ok(JSON.createObjectNode()
                    .put("subject", latest.subject())
                    .put("id", latest.id())
                    .put("version", latest.version())
                    .put("schema", latest.schema().toString()));
        }
        JsonNode body = JSON.readTree(request.body());
        Schema schema = new Schema.Parser().parse(body.get("schema").asText());
        boolean registers = parts.length > 3 && parts[3].equals("versions");
        int id = registers ? schemas.register(parts[2], schema) : schemas.lookUp(parts[2], schema);
        return ok(JSON.createObjectNode().put("id", id));
    }

    private Reply apicurio(Request request, String path) {
        String[] parts = path.split("[/?]");
        if (path.endsWith("/references")) {
            return Reply.of(200, "[]");
        }
        if (path.startsWith("/ids/contentIds/")) {
            return Reply.of(200, schemas.byId(Integer.parseInt(parts[3])).toString());
        }
        int id = schemas.register("any", new Schema.Parser().parse(request.body()));
        return ok(JSON.createObjectNode().put("id", "any").put("globalId", id).put("contentId", id));
    }

    private static Reply ok(ObjectNode body) {
        return new Reply(200, body.toString(), Map.of("Content-Type", "application/json"));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
