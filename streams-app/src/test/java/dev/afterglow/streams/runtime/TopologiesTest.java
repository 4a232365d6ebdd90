package dev.afterglow.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.config.AppConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds the topologies against what running installations have: their stores, changelogs and topics go by these names. */
class TopologiesTest {

    static final Iterable<String> STAGES = FlowStages.NAMES;

    /** Name of the system property under which the golden files are written anew instead of compared. */
    private static final String RENEW = "topologies.renew";

    private static final Path GOLDEN = Path.of("src/test/resources/topologies");
    private static final AppConfig CONFIG =
            AppConfig.load(Optional.empty(), Map.of(), Map.of("schema.registry.url", "mock://topologies"));

    private final Map<String, TopologyDescription> topologies = Topologies.describe(CONFIG);

    @ParameterizedTest
    @FieldSource("STAGES")
    void isWhatRunningInstallationsHave(String stage) {
        var described = topologies.get(stage).toString();
        if (Boolean.getBoolean(RENEW)) {
            write(stage, described);
        }
        assertThat(described)
                .withFailMessage("""
                        The topology of stage '%1$s' is not the one in %2$s.

                        A store that has another name starts empty, and its old changelog (<prefix>%1$s-<store>-changelog)
                        stays behind: running installations lose counts, cases or cost with it. Another source or sink topic
                        leaves behind what lies in the old one. Nodes that are numbered anew are harmless, unless a sub-topology
                        gets another number: tasks and the directories of their state go by it.

                        If it is meant, say in the commit what a running installation has to do, and renew the files with
                          mvn test -pl streams-app -am -Dtest=TopologiesTest -Dsurefire.failIfNoSpecifiedTests=false \\
                            -D%3$s=true

                        It is now:
                        %4$s
                        """, stage, GOLDEN.resolve(stage + ".txt"), RENEW, described)
                .isEqualTo(read(stage));
    }

    @Test
    void describesEveryStageInTheOrderOfTheFlow() {
        assertThat(topologies.keySet()).containsExactlyElementsOf(FlowStages.NAMES);
    }

    @ParameterizedTest
    @FieldSource("STAGES")
    void givesEveryNodeAndStoreANameOfOurs(String stage) {
        assertThat(names(topologies.get(stage)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void refusesAStoreOrTopicWithoutAName() {
        // given
        var config = new StageSettings(CONFIG, "test").topologyConfig("intake");
        var builder = new StreamsBuilder(config);
        builder.stream("input").groupByKey().count();

        // then
        assertThatThrownBy(builder::build)
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("has not been named");
    }

    private static Stream<String> names(TopologyDescription topology) {
        return topology.subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .flatMap(node -> Stream.concat(Stream.of(node.name()), stores(node)));
    }

    private static Stream<String> stores(Node node) {
        return node instanceof Processor processor ? processor.stores().stream() : Stream.of();
    }

    private static String read(String stage) {
        try {
            return Files.readString(GOLDEN.resolve(stage + ".txt"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String stage, String described) {
        try {
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolve(stage + ".txt"), described, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
