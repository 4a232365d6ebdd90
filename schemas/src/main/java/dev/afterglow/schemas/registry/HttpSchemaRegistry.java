package dev.afterglow.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A registry that speaks the Confluent REST API, such as Confluent's, Apicurio's, Karapace or Redpanda's.
 *
 * <p>Schemas and ids are remembered for ever (an id never changes its meaning, and there are few); that an id is unknown
 * is remembered for a second. Schema references are not supported.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private record Registration(String subject, Schema schema) {}

    private final RestClient client;
    private final Retries retries;
    private final boolean normalize;
    private final RecentlyUnknown unknown;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> registered = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> found = new ConcurrentHashMap<>();

    /**
     * @param configs settings under Confluent's keys, {@code schema.registry.url} among them; others are ignored
     * @throws org.apache.kafka.common.config.ConfigException naming the key that is missing or wrong
     */
    public HttpSchemaRegistry(Map<String, ?> configs) {
        this(RegistryConfig.from(configs));
    }

    HttpSchemaRegistry(RegistryConfig config) {
        this(config, new Retries(config.budget(), Clock.systemUTC()), Clock.systemUTC());
    }

    HttpSchemaRegistry(RegistryConfig config, Retries retries, Clock clock) {
        this.client = new RestClient(config, clock);
        this.retries = retries;
        this.normalize = config.normalize();
        this.unknown = new RecentlyUnknown(clock);
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        // No registry gives out negative ids, so rubbish need not be asked about.
        if (id < 0 || unknown.contains(id)) {
            throw Unknown.id(id);
        }
        Schema fetched = retries.call("read schema id " + id, left -> fetch(id, left));
        Schema earlier = schemas.putIfAbsent(id, fetched);
        return earlier == null ? fetched : earlier;
    }

    @Override
    public int register(String subject, Schema schema) {
        Integer known = registered.get(new Registration(subject, schema));
        if (known != null) {
            return known;
        }
        String what = "register " + schema.getFullName() + " under subject " + subject;
        String path = "/subjects/" + encode(subject) + "/versions" + query();
        int id = retries.call(what, left -> {
            Answer answer = client.post(path, body(schema), left);
            // Of two first registrations of a subject at the same time, some registries refuse the second one as a
            // conflict; asked again they find it. What is truly incompatible still is.
            return id((answer.isConflict() ? client.post(path, body(schema), left) : answer).orRefuse(what));
        });
        registered.put(new Registration(subject, schema), id);
        return id;
    }

    @Override
    public int lookUp(String subject, Schema schema) {
        Integer known = found.get(new Registration(subject, schema));
        if (known != null) {
            return known;
        }
        String what = "look up " + schema.getFullName() + " under subject " + subject;
        int id = retries.call(what, left -> {
            Answer answer = client.post("/subjects/" + encode(subject) + query(), body(schema), left);
            if (answer.isNotFound()) {
                throw Unknown.schema(answer.url(), subject, schema);
            }
            return id(answer.orRefuse(what));
        });
        found.put(new Registration(subject, schema), id);
        return id;
    }

    @Override
    public RegisteredSchema latest(String subject) {
        String what = "read the latest version of subject " + subject;
        return retries.call(what, left -> {
            Answer answer = client.get("/subjects/" + encode(subject) + "/versions/latest", left);
            if (answer.isNotFound()) {
                throw Unknown.subject(answer.url(), subject);
            }
            JsonNode json = answer.orRefuse(what).json();
            return new RegisteredSchema(
                    subject, id(answer), json.path("version").asInt(), schema(what, json));
        });
    }

    @Override
    public void setCompatibility(String subject, String level) {
        String what = "set the compatibility of subject " + subject + " to " + level;
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("compatibility", level)
                .toString();
        retries.call(
                what,
                left -> client.put("/config/" + encode(subject), body, left).orRefuse(what));
    }

    @Override
    public void close() {
        retries.close();
    }

    private Schema fetch(int id, Duration left) {
        Answer answer = client.get("/schemas/ids/" + id, left);
        if (answer.isNotFound()) {
            unknown.add(id);
            throw Unknown.id(id);
        }
        String what = "read schema id " + id;
        return schema(what, answer.orRefuse(what).json());
    }

    private static Schema schema(String what, JsonNode json) {
        String type = json.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw unusable(what + ": it is of type " + type + ", not AVRO", null);
        }
        if (json.path("references").size() > 0) {
            throw unusable(
                    what + ": it refers to other schemas, which is not supported; register it in one piece", null);
        }
        if (!json.path("schema").isTextual()) {
            throw new RegistryUnavailableException("Asked to " + what + ", the answer had no schema in it", null);
        }
        try {
            return CleanSchema.parse(json.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw unusable(what + ": Avro cannot parse it", e);
        }
    }

    private static PoisonException unusable(String message, Throwable cause) {
        return new PoisonException(PoisonException.Reason.UNUSABLE_SCHEMA, "Could not " + message, cause);
    }

    private static int id(Answer answer) {
        JsonNode id = answer.json().path("id");
        if (!id.canConvertToInt()) {
            throw new RegistryUnavailableException(answer.url() + " answered without a schema id", null);
        }
        return id.asInt();
    }

    private static String body(Schema schema) {
        String text = CleanSchema.of(schema).toString();
        return JsonNodeFactory.instance.objectNode().put("schema", text).toString();
    }

    private String query() {
        return normalize ? "?normalize=true" : "";
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
