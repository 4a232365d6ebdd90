package dev.afterglow.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.http.Context;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;

/** How answers are written: records by their components, contracts by their fields, instants as ISO 8601 in UTC. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantText()))
            .build();

    private Json() {}

    static void answer(Context context, int status, Object body) {
        context.status(status)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(bytes(body));
    }

    static void answer(Context context, Object body) {
        answer(context, 200, body);
    }

    /** @throws ApiException when the body is not what the type says; the answer names the field */
    static <T> T read(byte[] body, Class<T> type) {
        try {
            return MAPPER.readValue(body, type);
        } catch (IOException e) {
            var at = e instanceof JsonMappingException mapping
                    ? mapping.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .collect(Collectors.joining("."))
                    : "";
            throw ApiException.badRequest(
                    "the body cannot be read" + (at.isEmpty() ? "" : ": " + at),
                    "send one JSON object with "
                            + Arrays.stream(type.getRecordComponents())
                                    .map(RecordComponent::getName)
                                    .collect(Collectors.joining(", "))
                            + "; times as 2026-12-01T09:00:00Z");
        }
    }

    /** The fields of a contract under their names, nested ones included. */
    static ObjectNode node(IndexedRecord value) {
        var node = JsonNodeFactory.instance.objectNode();
        for (var field : value.getSchema().getFields()) {
            node.set(field.name(), MAPPER.valueToTree(plain(value.get(field.pos()))));
        }
        return node;
    }

    private static Object plain(Object value) {
        if (value instanceof IndexedRecord nested) {
            return node(nested);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::plain).toList();
        }
        return value;
    }

    private static byte[] bytes(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }
}
