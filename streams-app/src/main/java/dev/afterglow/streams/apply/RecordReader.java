package dev.afterglow.streams.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads nodes as values of an Avro schema, so that a field added to a contract can be written in a file without a line
 * of code here. What people may write instead of the contract's own form is in {@link Shorthands}.
 */
final class RecordReader {

    private final String file;
    private final Problems problems;
    private final Shorthands shorthands;
    private final Map<String, Place> places = new TreeMap<>();

    RecordReader(String file, Problems problems, Shorthands shorthands) {
        this.file = file;
        this.problems = problems;
        this.shorthands = shorthands;
    }

    /** Where each field that was read stands, by its path. */
    Map<String, Place> places() {
        return places;
    }

    /** The record; empty when something is wrong with it, which has been reported. */
    Optional<SpecificRecord> record(Node node, Schema schema, String path) {
        int before = problems.count();
        places.put(path, Place.of(file, node));
        if (!(node instanceof MappingNode mapping)) {
            problems.add(Place.of(file, node), path, "write fields here, 'name: value'");
            return Optional.empty();
        }
        var fields = new Fields(file, path, mapping, problems);
        fields.names().forEach(name -> places.put(fields.path(name), fields.place(name)));
        var values = new ArrayList<Object>();
        for (var field : schema.getFields()) {
            values.add(field(fields, schema, field, values, Place.of(file, node)));
        }
        fields.finish(problems);
        return problems.count() == before ? Optional.of(build(schema, values)) : Optional.empty();
    }

    private Object field(Fields fields, Schema schema, Schema.Field field, List<Object> before, Place place) {
        var given = fields.get(field.name());
        try {
            var friendly = shorthands.read(fields, schema, field);
            if (friendly.isPresent()) {
                return friendly.get();
            }
        } catch (Mismatch mismatch) {
            problems.add(place(fields, field.name(), place), fields.path(field.name()), mismatch.getMessage());
            return null;
        }
        if (given.isPresent()) {
            return value(given.get(), field.schema(), fields.path(field.name()));
        }
        if (field.hasDefaultValue()) {
            return SpecificData.get().getDefaultValue(field);
        }
        return shorthands.missing(schema, field, before).orElseGet(() -> {
            problems.add(place, fields.path(field.name()), "is missing: " + field.doc());
            return null;
        });
    }

    private static Place place(Fields fields, String name, Place otherwise) {
        return fields.names().contains(name) ? fields.place(name) : otherwise;
    }

    private Object value(Node node, Schema schema, String path) {
        return switch (schema.getType()) {
            case UNION -> value(node, schema.getTypes().get(1), path);
            case ARRAY -> list(node, schema.getElementType(), path);
            case RECORD -> record(node, schema, path).orElse(null);
            default -> scalar(node, schema, path);
        };
    }

    private List<Object> list(Node node, Schema element, String path) {
        if (shorthands.isVariantMap(node, element)) {
            return variants((MappingNode) node, element, path);
        }
        var values = new ArrayList<>();
        if (!(node instanceof SequenceNode sequence)) {
            problems.add(Place.of(file, node), path, "write a list here, each entry after '- '");
            return values;
        }
        for (var entry : sequence.getValue()) {
            var at = path + "[" + values.size() + "]";
            places.put(at, Place.of(file, entry));
            values.add(value(entry, element, at));
        }
        return values;
    }

    /** {@code control: 50} for {@code variant: control, weight: 50}. */
    private List<Object> variants(MappingNode node, Schema element, String path) {
        var fields = new Fields(file, path, node, problems);
        var values = new ArrayList<>();
        for (var name : fields.names()) {
            var at = fields.path(name);
            places.put(at, fields.place(name));
            var weight = fields.get(name);
            if (weight.isEmpty()) {
                problems.add(fields.place(name), at, "is missing: write the weight of the variant");
            } else {
                var number = scalar(weight.get(), element.getField("weight").schema(), at);
                values.add(number == null ? null : build(element, List.of(name, number)));
            }
        }
        return values;
    }

    private Object scalar(Node node, Schema schema, String path) {
        try {
            return switch (schema.getType()) {
                case STRING -> Scalars.text(node);
                case BOOLEAN -> Scalars.flag(node);
                case DOUBLE -> Scalars.real(node);
                case INT -> Math.toIntExact(Scalars.integer(node, Integer.MIN_VALUE, Integer.MAX_VALUE));
                case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                            ? Scalars.instant(node)
                            : Scalars.integer(node, Long.MIN_VALUE, Long.MAX_VALUE);
                case ENUM ->
                    SpecificData.get()
                            .createEnum(Scalars.symbol(node, schema.getEnumSymbols(), schema.getEnumDefault()), schema);
                default -> throw new IllegalStateException("no scalar: " + schema);
            };
        } catch (Mismatch mismatch) {
            problems.add(Place.of(file, node), path, mismatch.getMessage());
            return null;
        }
    }

    private static SpecificRecord build(Schema schema, List<Object> values) {
        var built = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (int i = 0; i < values.size(); i++) {
            built.put(i, values.get(i));
        }
        return built;
    }
}
