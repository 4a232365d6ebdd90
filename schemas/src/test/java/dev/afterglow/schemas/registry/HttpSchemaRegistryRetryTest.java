package dev.afterglow.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterglow.schemas.registry.StubRegistry.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client does while the registry cannot be reached, is busy or fails. */
class HttpSchemaRegistryRetryTest extends RegistryClientTest {

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void triesAgainWhenTheRegistryIsBusyOrFailing(int status) {
        // given
        int id = stub.schemas().register("s", SCHEMA);
        stub.next(Reply.of(status, "no"));
        stub.next(Reply.of(status, ""));
        // when
        Schema schema = client().byId(id);
        // then
        assertThat(schema).isEqualTo(SCHEMA);
        assertThat(time.pauses()).hasSize(2).allMatch(pause -> pause.toMillis() <= 200);
    }

    @Test
    void waitsAsLongAsTheRegistryAsksFor() {
        // given
        int id = stub.schemas().register("s", SCHEMA);
        stub.next(new Reply(429, "", Map.of("Retry-After", "7")));
        stub.next(new Reply(503, "", Map.of("Retry-After", "Thu, 01 Jan 2026 00:00:20 GMT")));
        stub.next(new Reply(503, "", Map.of("Retry-After", "86400")));
        // when
        client().byId(id);
        // then
        assertThat(time.pauses())
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(13), Duration.ofSeconds(30));
    }

    @Test
    void givesUpWhenTheBudgetIsSpentAndCallsTheRegistryUnavailable() {
        // given
        stub.always(request -> Optional.of(Reply.of(503, "")));
        // when
        RegistryUnavailableException thrown =
                catchThrowableOfType(RegistryUnavailableException.class, () -> client().byId(1));
        // then
        assertThat(thrown).hasMessageContaining(stub.url()).hasMessageContaining("afterglow.registry.retry.budget.ms");
        assertThat(time.pauses().stream().mapToLong(Duration::toMillis).sum()).isBetween(230_000L, 240_000L);
        assertThat(time.pauses()).allMatch(pause -> pause.toMillis() <= 5_000);
    }

    @Test
    void waitsForARegistryThatCannotBeReachedAtAll() throws IOException {
        // given
        String url = "http://127.0.0.1:" + closedPort();
        // when, then
        assertThatThrownBy(() -> client(Map.of("schema.registry.url", url)).byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(url);
    }

    @Test
    void goesToTheNextAddressAtOnceWhenOneIsDownAndStaysThere() throws IOException {
        // given
        int id = stub.schemas().register("s", SCHEMA);
        String urls = "http://127.0.0.1:" + closedPort() + ", " + stub.url();
        HttpSchemaRegistry client = client(Map.of("schema.registry.url", urls));
        // when
        Schema schema = client.byId(id);
        // then
        assertThat(schema).isEqualTo(SCHEMA);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void callsAnIdUnknownOnlyWhenTheOtherReplicasDoNotKnowItEither() throws IOException {
        // given
        try (StubRegistry lagging = new StubRegistry()) {
            int id = stub.schemas().register("s", SCHEMA);
            HttpSchemaRegistry client = client(Map.of("schema.registry.url", lagging.url() + "," + stub.url()));
            // when
            Schema schema = client.byId(id);
            // then
            assertThat(lagging.requests()).hasSize(1);
            assertThat(schema).isEqualTo(SCHEMA);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>please log in</html>", "{}", "[]", ""})
    void waitsWhenSomethingElseAnswersInTheRegistrysPlace(String body) {
        // given
        int id = stub.schemas().register("s", SCHEMA);
        stub.next(Reply.of(200, body));
        // when
        Schema schema = client().byId(id);
        // then
        assertThat(schema).isEqualTo(SCHEMA);
        assertThat(time.pauses()).hasSize(1);
    }

    @Test
    void givesUpOnAnAnswerThatNeverComes() throws IOException {
        // given
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Map<String, ?> configs = Map.of(
                    "schema.registry.url", "http://127.0.0.1:" + silent.getLocalPort(),
                    "http.read.timeout.ms", 200,
                    "afterglow.registry.retry.budget.ms", 0);
            // when, then
            assertThatThrownBy(() -> new HttpSchemaRegistry(configs).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void stopsWaitingWhenItIsClosed() throws Exception {
        // given
        HttpSchemaRegistry client =
                new HttpSchemaRegistry(Map.of("schema.registry.url", "http://127.0.0.1:" + closedPort()));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Schema> waiting = thread.submit(() -> client.byId(1));
            // when
            client.close();
            // then
            assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RegistryUnavailableException.class);
        } finally {
            thread.shutdownNow();
        }
    }
}
