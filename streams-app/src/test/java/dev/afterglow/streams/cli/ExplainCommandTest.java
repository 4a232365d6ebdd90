package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

    private final AtomicReference<String> asked = new AtomicReference<>();
    private HttpServer server;
    private int status = 200;
    private String body = "an answer\n";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI().toString());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void printsWhatTheInstanceAnswers() {
        // when
        var result = Commands.run("explain", "--url", url() + "/", "shop/production/landing%2Fhero %25");

        // then
        assertThat(result.out()).isEqualTo("an answer\n");
        assertThat(result.code()).isZero();
        assertThat(asked.get())
                .isEqualTo("/api/v1/experiments/shop/production/landing%2Fhero%20%25/explain?format=text");
    }

    @Test
    void passesOnWhyThereIsNoAnswer() {
        // given
        status = 404;
        body = "{\"error\":\"no experiment a/b/c is known\",\"remedy\":\"see the list\"}";

        // when
        var result = Commands.run("explain", "--url", url(), "a/b/c");

        // then
        assertThat(result.err().strip()).isEqualTo("afterglow explain: no experiment a/b/c is known: see the list");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void saysThatSomethingElseIsAtTheAddress() {
        // given
        status = 500;
        body = "<html>";

        // when
        var result = Commands.run("explain", "--url", url(), "a/b/c");

        // then
        assertThat(result.err()).contains("answered 500", "is that an instance of Afterglow?");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void saysHowToGetAnInstanceWhenNoneAnswers() throws IOException {
        // given
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        // when
        var result = Commands.run("explain", "--url", "http://127.0.0.1:" + free, "a/b/c");

        // then
        assertThat(result.err()).contains("no answer from http://127.0.0.1:" + free, "afterglow run", "--url");
        assertThat(result.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "shop/production", "shop/production/a/b", "Shop/production/a"})
    void refusesWhatIsNoExperiment(String experiment) {
        // when
        var result = Commands.run("explain", "--url", url(), experiment);

        // then
        assertThat(result.err()).contains("afterglow explain: ", "is no ");
        assertThat(result.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "ftp://127.0.0.1", "//127.0.0.1:8080", "http://", "http://a b"})
    void refusesWhatIsNoAddress(String address) {
        // when
        var result = Commands.run("explain", "--url", address, "a/b/c");

        // then
        assertThat(result.err()).contains("--url", "http://host:port");
        assertThat(result.code()).isEqualTo(2);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
