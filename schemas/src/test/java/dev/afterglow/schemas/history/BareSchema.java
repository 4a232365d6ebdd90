package dev.afterglow.schemas.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A schema as it is kept: everything that decides how bytes are read (types, names, aliases, defaults, logical types),
 * and nothing else. Avro's own canonical form leaves out the defaults, without which old bytes cannot be resolved.
 */
final class BareSchema {
    private static final Set<String> NOT_KEPT = Set.of("doc", "avro.java.string");

    private BareSchema() {}

    static JsonNode of(Schema schema) {
        JsonNode tree = Json.read(schema.toString());
        strip(tree);
        // Avro prints a type that has lost its last property in the short form again.
        return Json.read(new Schema.Parser().parse(tree.toString()).toString());
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(property -> NOT_KEPT.contains(property.getKey()));
        }
        for (var property : node.properties()) {
            // A default is data, in which any key may be meant.
            if (!property.getKey().equals("default")) {
                strip(property.getValue());
            }
        }
        if (node.isArray()) {
            node.forEach(BareSchema::strip);
        }
    }
}
