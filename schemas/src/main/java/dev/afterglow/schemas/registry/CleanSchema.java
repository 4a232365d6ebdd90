package dev.afterglow.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Schemas as text: read from a registry without fuss, written to it without what only Java understands.
 */
final class CleanSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> JAVA_ONLY =
            Set.of("avro.java.string", "java-class", "java-key-class", "java-element-class");

    private CleanSchema() {}

    /** Reads leniently: what a registry has accepted from some language is not ours to reject for its style. */
    static Schema parse(String text) {
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(text);
    }

    static Schema of(Schema schema) {
        String text = schema.toString();
        try {
            JsonNode tree = JSON.readTree(text);
            return strip(tree) ? parse(JSON.writeValueAsString(tree)) : schema;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro printed a schema that is no JSON: " + schema.getFullName(), e);
        }
    }

    private static boolean strip(JsonNode node) {
        boolean changed = false;
        if (node instanceof ObjectNode object) {
            changed = object.properties().removeIf(property -> JAVA_ONLY.contains(property.getKey()));
            for (var property : object.properties()) {
                // A default is data, in which any key may be meant.
                if (!property.getKey().equals("default")) {
                    changed |= strip(property.getValue());
                }
            }
            return changed;
        }
        for (JsonNode child : node) {
            changed |= strip(child);
        }
        return changed;
    }
}
