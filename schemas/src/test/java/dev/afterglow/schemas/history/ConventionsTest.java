package dev.afterglow.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas are written in one way, so that every field can be trusted to mean what its neighbours mean. */
class ConventionsTest {
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-zA-Z0-9]*");
    private static final Pattern TIME = Pattern.compile("at|asOf|hour|since|.*(At|Until|From|Start|End)");
    private static final Pattern MONEY = Pattern.compile("(?i).*(micros|amount|cost|price|spend).*");

    @ParameterizedTest
    @MethodSource("namedTypes")
    void everyTypeAndFieldIsDocumented(Schema type) {
        assertThat(type.getDoc()).as("doc of %s", type.getName()).isNotBlank();
        assertThat(fields(type))
                .allSatisfy(field -> assertThat(field.doc())
                        .as("doc of %s.%s", type.getName(), field.name())
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("namedTypes")
    void fieldsAreNamedInCamelCase(Schema type) {
        assertThat(fields(type))
                .extracting(Field::name)
                .allMatch(name -> CAMEL_CASE.matcher(name).matches());
    }

    @ParameterizedTest
    @MethodSource("namedTypes")
    void whatMayBeMissingIsNullFirstAndNullByDefault(Schema type) {
        assertThat(fields(type))
                .filteredOn(field -> field.schema().isNullable())
                .allSatisfy(field -> {
                    assertThat(field.schema().getTypes()).as(field.name()).hasSize(2);
                    assertThat(field.schema().getTypes().get(0).getType()).isEqualTo(Type.NULL);
                    assertThat(field.defaultVal()).isEqualTo(JsonProperties.NULL_VALUE);
                });
    }

    @ParameterizedTest
    @MethodSource("namedTypes")
    void everyEnumerationSaysWhatASymbolOfLaterReadsAs(Schema type) {
        if (type.getType() == Type.ENUM) {
            assertThat(type.getEnumDefault()).as(type.getName()).isEqualTo("UNKNOWN");
            assertThat(type.getEnumSymbols()).startsWith("UNKNOWN");
        }
    }

    @ParameterizedTest
    @MethodSource("namedTypes")
    void timesAreTimestampsInMilliseconds(Schema type) {
        assertThat(fields(type)).allSatisfy(field -> {
            var logical = present(field).getLogicalType();
            if (logical != null || TIME.matcher(field.name()).matches()) {
                assertThat(logical)
                        .as("%s.%s", type.getName(), field.name())
                        .isInstanceOf(LogicalTypes.TimestampMillis.class);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("namedTypes")
    void noFloatingPointTouchesMoney(Schema type) {
        assertThat(fields(type))
                .filteredOn(field -> MONEY.matcher(field.name()).matches())
                .extracting(field -> present(field).getType())
                .doesNotContain(Type.FLOAT, Type.DOUBLE, Type.STRING, Type.BYTES);
    }

    private static Stream<Schema> namedTypes() {
        Set<Schema> found = new LinkedHashSet<>();
        Types.all().forEach(type -> collect(Types.schemaOf(type), found));
        return found.stream();
    }

    private static void collect(Schema schema, Set<Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case ENUM -> found.add(schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case MAP -> collect(schema.getValueType(), found);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
            default -> {}
        }
    }

    private static List<Field> fields(Schema type) {
        return type.getType() == Type.RECORD ? type.getFields() : new ArrayList<>();
    }

    /** The type of a field when it is not null. */
    private static Schema present(Field field) {
        return field.schema().isNullable() ? field.schema().getTypes().get(1) : field.schema();
    }
}
