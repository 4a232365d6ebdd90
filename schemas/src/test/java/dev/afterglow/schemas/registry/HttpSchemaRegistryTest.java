package dev.afterglow.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterglow.schemas.registry.StubRegistry.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest extends RegistryClientTest {

    @Test
    void speaksTheRestApiUnderABasePathWithATrailingSlash() {
        // given
        HttpSchemaRegistry client = client(Map.of("schema.registry.url", stub.url() + "/"));
        // when
        int id = client.register("a topic-value", SCHEMA);
        // then
        StubRegistry.Request request = stub.requests().remove();
        assertThat(request.method() + " " + request.path())
                .isEqualTo("POST /apis/ccompat/v7/subjects/a%20topic-value/versions");
        assertThat(request.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(client.byId(id)).isEqualTo(SCHEMA);
        assertThat(client.lookUp("a topic-value", SCHEMA)).isEqualTo(id);
        assertThat(client.latest("a topic-value").schema()).isEqualTo(SCHEMA);
    }

    @Test
    void registersAgainWhenAnotherRegistrationOfTheSubjectCameBetween() {
        // given
        stub.next(StubRegistry.Reply.of(409, "{\"error_code\":409,\"message\":\"already exists\"}"));
        // when
        int id = client().register("s", SCHEMA);
        // then
        assertThat(stub.schemas().byId(id)).isEqualTo(SCHEMA);
    }

    @Test
    void setsTheCompatibilityOfASubject() {
        // when
        client().setCompatibility("s", "BACKWARD_TRANSITIVE");
        // then
        StubRegistry.Request request = stub.requests().remove();
        assertThat(request.method() + " " + request.path()).isEqualTo("PUT /apis/ccompat/v7/config/s");
        assertThat(request.body()).isEqualTo("{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    }

    @Test
    void asksOnceForWhatItHasLearnt() {
        // given
        HttpSchemaRegistry client = client();
        int id = client.register("s", SCHEMA);
        Schema first = client.byId(id);
        int asked = stub.requests().size();
        // when
        client.register("s", SCHEMA);
        Schema second = client.byId(id);
        // then
        assertThat(second).isSameAs(first);
        assertThat(stub.requests()).hasSize(asked);
    }

    @Test
    void asksForNormalizationWhenToldTo() {
        client(Map.of("schema.registry.url", stub.url(), "normalize.schemas", true))
                .register("s", SCHEMA);

        assertThat(stub.requests().remove().path()).endsWith("/subjects/s/versions?normalize=true");
    }

    @Test
    void registersASchemaWithoutJavasOwnProperties() {
        // given
        Schema javaFlavoured = new Schema.Parser().parse("""
                {"type":"record","name":"Thing","fields":[{"name":"name","type":{"type":"string","avro.java.string":"String"}},
                 {"name":"m","type":{"type":"map","values":"long","avro.java.string":"String"}},
                 {"name":"d","type":{"type":"map","values":"long"},"default":{"avro.java.string":7}}]}""");
        // when
        client().register("s", javaFlavoured);
        // then
        String body = stub.requests().remove().body().replace("\\", "");
        assertThat(body).contains("\"default\":{\"avro.java.string\":7}").doesNotContain("avro.java.string\":\"String");
    }

    @Test
    void callsAnUnknownIdPoisonWithoutTryingAgain() {
        PoisonException thrown = catchThrowableOfType(PoisonException.class, () -> client().byId(99));

        assertThat(thrown.reason()).isEqualTo(PoisonException.Reason.UNKNOWN_SCHEMA_ID);
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void remembersForASecondAndNoLongerThatAnIdIsUnknown() {
        // given
        HttpSchemaRegistry client = client();
        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(PoisonException.class);
        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(PoisonException.class);
        assertThat(stub.requests()).hasSize(1);
        stub.schemas().register("s", SCHEMA);
        // when
        time.advance(Duration.ofSeconds(1));
        // then
        assertThat(client.byId(1)).isEqualTo(SCHEMA);
    }

    @Test
    void asksNobodyAboutNegativeIds() {
        assertThatThrownBy(() -> client().byId(-5)).isInstanceOf(PoisonException.class);

        assertThat(stub.requests()).isEmpty();
    }

    @Test
    void getsThroughAFloodOfDifferentUnknownIds() {
        // given
        HttpSchemaRegistry client = client();
        long start = System.nanoTime();
        // when
        for (int id = 1; id <= 2_000; id++) {
            int unknown = id;
            assertThatThrownBy(() -> client.byId(unknown)).isInstanceOf(PoisonException.class);
        }
        // then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>nothing here</html>", "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}", ""})
    void takesABare404ForAWrongAddressAndNotForAnUnknownId(String body) {
        // given
        stub.next(Reply.of(404, body));
        // when, then
        assertThatThrownBy(() -> client().byId(1))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining(stub.url())
                .hasMessageContaining("schema.registry.url");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void failsAtOnceWhenTheCredentialsAreRefused(int status) {
        // given
        stub.next(Reply.of(status, "{\"message\":\"go away\"}"));
        // when, then
        assertThatThrownBy(() -> client().register("orders-value", SCHEMA))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining(stub.url())
                .hasMessageContaining("orders-value")
                .hasMessageContaining("go away");
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void failsWithTheRegistrysOwnWordsWhenASchemaIsIncompatible() {
        // given
        stub.always(request -> Optional.of(
                Reply.of(409, "{\"error_code\":409,\"message\":\"READER_FIELD_MISSING_DEFAULT_VALUE: x\"}")));
        // when, then
        assertThatThrownBy(() -> client().register("orders-value", SCHEMA))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE: x")
                .hasMessageContaining("orders-value");
    }

    @Test
    void refusesToLookUpWhatNobodyRegistered() {
        assertThatThrownBy(() -> client().lookUp("orders-value", SCHEMA))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("auto.register.schemas");
        assertThatThrownBy(() -> client().latest("orders-value"))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("orders-value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}",
                "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"a\",\"subject\":\"b\",\"version\":1}]}",
                "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}"
            })
    void callsASchemaThatCannotBeUsedPoison(String body) {
        // given
        stub.next(Reply.of(200, body));
        // when
        PoisonException thrown = catchThrowableOfType(PoisonException.class, () -> client().byId(1));
        // then
        assertThat(thrown.reason()).isEqualTo(PoisonException.Reason.UNUSABLE_SCHEMA);
    }

    @Test
    void givesAllThreadsTheSameInstanceOfASchema() throws Exception {
        // given
        int id = stub.schemas().register("s", SCHEMA);
        HttpSchemaRegistry client = client();
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Schema>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                results.add(threads.submit(() -> {
                    together.await();
                    return client.byId(id);
                }));
            }
            // when
            together.countDown();
            // then
            Schema first = results.get(0).get();
            for (Future<Schema> result : results) {
                assertThat(result.get()).isSameAs(first);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesNameAndPasswordFromTheUrlByDefaultAndKeepsThemOutOfMessages() {
        // given
        stub.next(Reply.of(401, ""));
        String url = stub.url().replace("//", "//ann:s%40cret@");
        // when, then
        assertThatThrownBy(() -> client(Map.of("schema.registry.url", url)).byId(1))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageNotContaining("cret");
        assertThat(stub.requests().remove().authorization()).isEqualTo("Basic YW5uOnNAY3JldA==");
    }

    @Test
    void takesNameAndPasswordFromTheConfiguration() {
        client(Map.of(
                        "schema.registry.url", stub.url(),
                        "basic.auth.credentials.source", "USER_INFO",
                        "schema.registry.basic.auth.user.info", "ann:s@cret"))
                .register("s", OTHER);

        assertThat(stub.requests().remove().authorization()).isEqualTo("Basic YW5uOnNAY3JldA==");
    }

    @Test
    void sendsABearerToken() {
        client(Map.of(
                        "schema.registry.url", stub.url(),
                        "bearer.auth.credentials.source", "STATIC_TOKEN",
                        "bearer.auth.token", "abc"))
                .register("s", OTHER);

        assertThat(stub.requests().remove().authorization()).isEqualTo("Bearer abc");
    }
}
