package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

    @RegisterExtension
    private final StubInstance instance = new StubInstance();

    @Test
    void printsWhatTheInstanceAnswers() {
        // when
        var result = Commands.run("explain", "--url", instance.url() + "/", "shop/production/landing%2Fhero %25");

        // then
        assertThat(result.out()).isEqualTo("an answer\n");
        assertThat(result.code()).isZero();
        assertThat(instance.asked)
                .isEqualTo("GET /api/v1/experiments/shop/production/landing%2Fhero%20%25/explain?format=text");
    }

    @Test
    void printsTheOutcomeThatTheInstanceWrites() {
        // when
        var result = Commands.run("outcome", "--url", instance.url(), "--run", "run 1", "shop/production/checkout");

        // then
        assertThat(result.out()).isEqualTo("an answer\n");
        assertThat(instance.asked)
                .isEqualTo("GET /api/v1/experiments/shop/production/checkout/outcome?format=markdown&run=run+1");
    }

    @Test
    void passesOnWhyThereIsNoAnswer() {
        // given
        instance.status = 404;
        instance.body = "{\"error\":\"no experiment a/b/c is known\",\"remedy\":\"see the list\"}";

        // when
        var result = Commands.run("explain", "--url", instance.url(), "a/b/c");

        // then
        assertThat(result.err().strip()).isEqualTo("afterglow explain: no experiment a/b/c is known: see the list");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void saysThatSomethingElseIsAtTheAddress() {
        // given
        instance.status = 500;
        instance.body = "<html>";

        // when
        var result = Commands.run("explain", "--url", instance.url(), "a/b/c");

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
        var result = Commands.run("explain", "--url", instance.url(), experiment);

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
}
