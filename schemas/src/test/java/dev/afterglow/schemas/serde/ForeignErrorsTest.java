package dev.afterglow.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import dev.afterglow.schemas.registry.RegistryRefusedException;
import dev.afterglow.schemas.registry.RegistryUnavailableException;
import io.apicurio.registry.rest.client.exception.VersionAlreadyExistsException;
import io.apicurio.registry.rest.v2.beans.Error;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.BufferUnderflowException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignErrorsTest {

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(new SerializationException("magic"), PoisonException.class),
                arguments(wrapped(truncated()), PoisonException.class),
                arguments(wrapped(new AvroTypeException("no")), PoisonException.class),
                arguments(new BufferUnderflowException(), PoisonException.class),
                arguments(new StackOverflowError(), PoisonException.class),
                arguments(wrapped(rest(40403)), PoisonException.class),
                arguments(wrapped(new ConnectException("refused")), RegistryUnavailableException.class),
                arguments(wrapped(new SocketTimeoutException()), RegistryUnavailableException.class),
                arguments(wrapped(new HttpTimeoutException("late")), RegistryUnavailableException.class),
                arguments(wrapped(new SSLHandshakeException("cut")), RegistryUnavailableException.class),
                arguments(wrapped(new EOFException("of a socket")), RegistryUnavailableException.class),
                arguments(wrapped(new IOException(truncated())), RegistryUnavailableException.class),
                arguments(new TimeoutException("late"), RegistryUnavailableException.class),
                arguments(new DisconnectException("gone"), RegistryUnavailableException.class),
                arguments(new ThrottlingQuotaExceededException("slow"), RegistryUnavailableException.class),
                arguments(wrapped(rest(429)), RegistryUnavailableException.class),
                arguments(wrapped(rest(500)), RegistryUnavailableException.class),
                arguments(wrapped(rest(50001)), RegistryUnavailableException.class),
                arguments(wrapped(new VersionAlreadyExistsException(new Error())), RegistryUnavailableException.class),
                arguments(wrapped(rest(401)), RegistryRefusedException.class),
                arguments(wrapped(rest(404)), RegistryRefusedException.class),
                arguments(wrapped(rest(409)), RegistryRefusedException.class),
                arguments(wrapped(rest(42201)), RegistryRefusedException.class),
                arguments(new InvalidConfigurationException("401"), RegistryRefusedException.class),
                arguments(new ConfigException("url"), RegistryRefusedException.class),
                arguments(new IllegalStateException("closed"), RegistryRefusedException.class));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void sortsEachErrorByWhatItMeans(Throwable thrown, Class<?> kind) {
        RuntimeException translated = ForeignErrors.translate(thrown, "read a value of topic t", Reason.MALFORMED);

        assertThat(translated).isExactlyInstanceOf(kind).hasMessageContaining("topic t");
    }

    @Test
    void comesToAnEndWhenCausesGoInACircle() {
        RuntimeException one = new RuntimeException("one");
        one.initCause(new RuntimeException("two", one));

        assertThat(ForeignErrors.translate(one, "read", Reason.MALFORMED)).isInstanceOf(PoisonException.class);
    }

    private static Throwable truncated() {
        try {
            DecoderFactory.get().binaryDecoder(new byte[0], null).readLong();
            throw new AssertionError("Avro read a number from nothing");
        } catch (IOException e) {
            return e;
        }
    }

    private static RestClientException rest(int code) {
        return new RestClientException("said the registry", code);
    }

    private static SerializationException wrapped(Throwable cause) {
        return new SerializationException("Error deserializing Avro message for id 1", cause);
    }
}
