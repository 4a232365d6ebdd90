package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import dev.afterglow.schemas.registry.RegistryRefusedException;
import dev.afterglow.schemas.registry.Retries;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Another maker's serde, whose errors come out as ours, and whose outages are waited out within our budget. */
final class GuardedSerde<T> implements Serde<T> {
    private final Serde<Object> foreign;
    private final Class<T> type;
    private final Retries retries;

    GuardedSerde(Serde<Object> foreign, Class<T> type, Retries retries) {
        this.foreign = foreign;
        this.type = type;
        this.retries = retries;
    }

    @Override
    public Serializer<T> serializer() {
        return new Writer();
    }

    @Override
    public Deserializer<T> deserializer() {
        return new Reader();
    }

    @Override
    public void close() {
        retries.close();
        foreign.close();
    }

    private <R> R guarded(String what, Reason otherwise, Supplier<R> call) {
        return retries.call(what, left -> {
            try {
                return call.get();
            } catch (RuntimeException | StackOverflowError e) {
                throw ForeignErrors.translate(e, what, otherwise);
            }
        });
    }

    private T typed(String topic, Object value) {
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        throw new PoisonException(
                Reason.INCOMPATIBLE_SCHEMA,
                "A value on " + topic + " was read as " + value.getClass().getName() + ", not as " + type.getName());
    }

    private static byte[] requireHeader(String topic, byte[] data) {
        if (data != null && (data.length < WireFormat.HEADER_BYTES || data[0] != WireFormat.MAGIC)) {
            throw new RegistryRefusedException("The serde named in " + SerdeFactory.VALUE_SERDE + " does not write"
                    + " Confluent's wire format to topic " + topic
                    + ", which our readers expect: have it put a 4-byte schema id into the value, not into headers");
        }
        return data;
    }

    private final class Writer implements Serializer<T> {
        @Override
        public byte[] serialize(String topic, T data) {
            return write(topic, () -> foreign.serializer().serialize(topic, data));
        }

        @Override
        public byte[] serialize(String topic, Headers headers, T data) {
            return write(topic, () -> foreign.serializer().serialize(topic, headers, data));
        }

        private byte[] write(String topic, Supplier<byte[]> call) {
            return requireHeader(topic, guarded("write a value for topic " + topic, Reason.NOT_ENCODABLE, call));
        }
    }

    private final class Reader implements Deserializer<T> {
        @Override
        public T deserialize(String topic, byte[] data) {
            return read(topic, data, () -> foreign.deserializer().deserialize(topic, data));
        }

        @Override
        public T deserialize(String topic, Headers headers, byte[] data) {
            return read(topic, data, () -> foreign.deserializer().deserialize(topic, headers, data));
        }

        @Override
        public T deserialize(String topic, Headers headers, ByteBuffer data) {
            return deserialize(topic, headers, Utils.toNullableArray(data));
        }

        private T read(String topic, byte[] data, Supplier<Object> call) {
            if (data != null) {
                // Every maker has another word for a wrong header; Apicurio's is that of a wrong configuration.
                WireFormat.schemaId(data);
            }
            return typed(topic, guarded("read a value of topic " + topic, Reason.MALFORMED, call));
        }
    }
}
