package dev.afterglow.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds today's schemas against the versions kept from earlier commits. Run with {@code -Dschemas.keep=true} it first
 * keeps what has changed as a new version, with golden bytes beside it; it never touches what is there.
 */
class SchemaHistoryTest {
    private static final String TO_KEEP =
            "if that is meant, keep the new version with `mvn -pl schemas test -Dtest=SchemaHistoryTest -Dschemas.keep=true`"
                    + " and commit what it writes";
    private static final Path AVRO = Path.of("src/main/avro");
    private static final KeptFiles KEPT = new KeptFiles(Path.of("src/main/resources/schema-history"));
    private static final Golden GOLDEN = new Golden(Path.of("src/test/resources/golden"));

    @BeforeAll
    static void keepWhenAskedTo() {
        if (Boolean.getBoolean("schemas.keep")) {
            Types.all().forEach(KEPT::keep);
            Types.contracts().forEach(type -> keepGolden(Golden.Form.CONTRACT, type));
            Types.state().forEach(type -> keepGolden(Golden.Form.STATE, type));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theNewestKeptVersionIsTheSchemaOfToday(Class<?> type) {
        var versions = KEPT.versionsOf(type);

        assertThat(versions).as("%s is new; %s", type.getName(), TO_KEEP).isNotEmpty();
        assertThat(Json.read(versions.get(versions.size() - 1)))
                .as("schema %s has changed: it would be v%d.avsc; %s", type.getName(), versions.size() + 1, TO_KEEP)
                .isEqualTo(BareSchema.of(Types.schemaOf(type)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void todaysReaderReadsEveryKeptVersion(Class<?> type) {
        var versions = KEPT.versionsOf(type).stream()
                .map(file -> new Schema.Parser().parse(Json.read(file).toString()))
                .toList();
        var backwardTransitive = new SchemaValidatorBuilder().canReadStrategy().validateAll();

        assertThatCode(() -> backwardTransitive.validate(Types.schemaOf(type), versions))
                .as("%s can no longer read what an earlier version wrote: give new fields a default", type.getName())
                .doesNotThrowAnyException();
    }

    @Test
    void noKeptVersionWasAlteredAddedByHandOrRemoved() {
        assertThat(KEPT.sums())
                .as("kept versions are for ever: restore them, and make another version instead")
                .isEqualTo(KEPT.recordedSums());
    }

    @Test
    void keptVersionsAreNumberedWithoutGapsAndBelongToATypeThatIsWritten() {
        var reachable = Types.all()
                .flatMap(type -> KEPT.versionsOf(type).stream())
                .map(file -> KEPT.root().relativize(file).toString().replace('\\', '/'))
                .collect(Collectors.toSet());

        assertThat(KEPT.recordedSums().keySet()).isEqualTo(reachable);
    }

    @Test
    void everyContractIsTheValueOfATopicAndEveryStateSchemaIsCovered() throws IOException {
        assertThat(named(Types.contracts())).isEqualTo(schemaFiles("contract"));
        assertThat(named(Types.state()))
                .as("every schema in src/main/avro/state is that of a topic or a store: name it in Types")
                .containsAll(schemaFiles("state"));
    }

    private static Stream<Class<? extends SpecificRecord>> types() {
        return Types.all();
    }

    private static void keepGolden(Golden.Form form, Class<?> type) {
        GOLDEN.keep(form, Types.schemaOf(type), KEPT.versionsOf(type).size());
    }

    private static Set<String> named(Set<Class<? extends SpecificRecord>> types) {
        return types.stream().map(Class::getSimpleName).collect(Collectors.toSet());
    }

    private static Set<String> schemaFiles(String directory) throws IOException {
        try (var files = Files.list(AVRO.resolve(directory))) {
            return files.map(file -> file.getFileName().toString().replace(".avsc", ""))
                    .collect(Collectors.toSet());
        }
    }
}
