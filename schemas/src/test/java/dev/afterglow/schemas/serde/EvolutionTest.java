package dev.afterglow.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.Resolution;
import dev.afterglow.schemas.history.SchemaHistory;
import dev.afterglow.schemas.registry.MockScopes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Senders and readers of different releases, through the serde and a registry that knows both schemas. */
class EvolutionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPE = "evolution-test";
    private static final String TOPIC = "evolving";
    private static final Map<String, Object> MOCK = Map.of("schema.registry.url", "mock://" + SCOPE);

    @AfterEach
    void forget() {
        MockScopes.drop(SCOPE);
    }

    @Test
    void readsAnEventOfAWriterThatDidNotKnowAFieldYet() {
        // given
        Schema older = changed(EvaluationEvent.class, schema -> {
            remove(schema, "pageView");
            remove(schema, "count");
        });
        // when
        EvaluationEvent read = sent(event(older).build(), EvaluationEvent.class);
        // then
        assertThat(read.getPageView()).isNull();
        assertThat(read.getCount()).isEqualTo(1);
        assertThat(read.getId()).isEqualTo("e-1");
        assertThat(read.getSession()).isEqualTo("s-1");
        assertThat(read.getOccurredAt()).isEqualTo(Instant.ofEpochMilli(1_574_553_600_000L));
    }

    @Test
    void readsAnEventOfAWriterThatKnowsMoreFields() {
        // given
        Schema newer = changed(
                EvaluationEvent.class,
                schema -> fields(schema).insertObject(2).put("name", "region").put("type", "string"));
        // when
        EvaluationEvent read = sent(event(newer).set("region", "north").build(), EvaluationEvent.class);
        // then
        assertThat(read.getProject()).isEqualTo("shop");
        assertThat(read.getEnvironment()).isEqualTo("production");
        assertThat(read.getSession()).isEqualTo("s-1");
    }

    @Test
    void readsSymbolsOfALaterReleaseAsUnknown() {
        // given
        Schema newer = changed(CleanupAlert.class, schema -> {
            symbols(schema, "AlertStatus").add("MERGED");
            symbols(schema, "Resolution").add("FORGOTTEN");
        });
        var alert = alert(newer)
                .set(
                        "status",
                        new GenericData.EnumSymbol(newer.getField("status").schema(), "MERGED"))
                .set("resolution", new GenericData.EnumSymbol(present(newer, "resolution"), "FORGOTTEN"))
                .build();
        // when
        CleanupAlert read = sent(alert, CleanupAlert.class);
        // then
        assertThat(read.getStatus()).isEqualTo(AlertStatus.UNKNOWN);
        assertThat(read.getResolution()).isEqualTo(Resolution.UNKNOWN);
        assertThat(read.getSummary()).isEqualTo("Take it out.");
    }

    @Test
    void readsOlderAndNewerWritersSideBySide() {
        // given
        Schema older = changed(EvaluationEvent.class, schema -> remove(schema, "pageView"));
        Schema newer = changed(
                EvaluationEvent.class,
                schema -> fields(schema).insertObject(0).put("name", "added").put("type", "long"));
        var records = List.of(
                event(older).build(),
                event(newer).set("added", 5L).build(),
                event(older).build());
        try (var reader = reader(EvaluationEvent.class);
                var writer = writer()) {
            // when
            var read = records.stream()
                    .map(sent -> reader.deserialize(TOPIC, writer.serialize(TOPIC, sent)))
                    .toList();
            // then
            assertThat(read).extracting(EvaluationEvent::getVariant).containsExactly("blue", "blue", "blue");
        }
    }

    private static <T extends SpecificRecord> T sent(GenericRecord record, Class<T> type) {
        try (var reader = reader(type);
                var writer = writer()) {
            return reader.deserialize(TOPIC, writer.serialize(TOPIC, record));
        }
    }

    private static AvroSerializer<GenericRecord> writer() {
        var writer = new AvroSerializer<GenericRecord>();
        writer.configure(MOCK, false);
        return writer;
    }

    private static <T extends SpecificRecord> AvroDeserializer<T> reader(Class<T> type) {
        var reader = AvroDeserializer.of(type);
        reader.configure(MOCK, false);
        return reader;
    }

    private static GenericRecordBuilder event(Schema schema) {
        return new GenericRecordBuilder(schema)
                .set("id", "e-1")
                .set("project", "shop")
                .set("environment", "production")
                .set("experiment", "button")
                .set("variant", "blue")
                .set("unit", "u-1")
                .set("occurredAt", 1_574_553_600_000L)
                .set("session", "s-1");
    }

    private static GenericRecordBuilder alert(Schema schema) {
        Schema evidence = schema.getField("evidence").schema();
        return new GenericRecordBuilder(schema)
                .set("alertId", "a-1")
                .set("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "LEFTOVER_ROLLOUT"))
                .set(
                        "severity",
                        new GenericData.EnumSymbol(schema.getField("severity").schema(), "WARNING"))
                .set("project", "shop")
                .set("environment", "production")
                .set("experiment", "button")
                .set("episode", 1)
                .set("at", 1L)
                .set("openedAt", 1L)
                .set("summary", "Take it out.")
                .set("nextSteps", List.of())
                .set(
                        "evidence",
                        new GenericRecordBuilder(evidence)
                                .set("since", 1L)
                                .set("days", 15)
                                .set("impressionsSince", 10L)
                                .set("impressionsLastDay", 1L)
                                .set("rule", "leftover")
                                .set("ruleVersion", 1)
                                .build());
    }

    private static Schema changed(Class<? extends SpecificRecord> type, Consumer<JsonNode> change) {
        var versions = SchemaHistory.versionsOf(type);
        try {
            JsonNode tree = JSON.readTree(versions.get(versions.size() - 1).toString());
            change.accept(tree);
            return new Schema.Parser().parse(tree.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ArrayNode fields(JsonNode schema) {
        return (ArrayNode) schema.get("fields");
    }

    private static void remove(JsonNode schema, String field) {
        int before = fields(schema).size();
        fields(schema).removeIf(node -> node.get("name").textValue().equals(field));
        assertThat(fields(schema)).as("there was a field %s", field).hasSize(before - 1);
    }

    private static ArrayNode symbols(JsonNode schema, String enumeration) {
        return (ArrayNode) schema.findParents("symbols").stream()
                .filter(node -> node.get("name").textValue().equals(enumeration))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow()
                .get("symbols");
    }

    private static Schema present(Schema schema, String field) {
        return schema.getField(field).schema().getTypes().get(1);
    }
}
