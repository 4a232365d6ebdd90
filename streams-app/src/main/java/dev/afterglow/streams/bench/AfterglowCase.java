package dev.afterglow.streams.bench;

import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.AvroSerde;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.intake.IntakeTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Afterglow as shipped: {@code afterglow run} with its defaults, all stages, read model and HTTP, on the broker of the
 * benchmark.
 *
 * @param recording where a flight recording goes, if one is wanted
 * @param audit whether {@code afterglow audit} recounts what it has counted
 */
record AfterglowCase(Optional<Path> recording, boolean audit) implements BenchCase {

    static final String NAME = "afterglow";

    /** By name, since the command line leans on us. */
    private static final String MAIN = "dev.afterglow.streams.cli.Afterglow";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Tally> expected(DataSet data) {
        return Optional.of(data.distinct());
    }

    @Override
    public Running start(Place place, DataSet data, String run) {
        var directory = place.directory(run);
        var topics = data.topics();
        var settings = Map.of(
                "bootstrap.servers", place.broker().bootstrapServers(),
                "schema.registry.url", place.broker().registryUrl(),
                "afterglow.topic.prefix", topics.prefix(),
                "afterglow.data.dir", directory.resolve("data").toString(),
                "afterglow.http.port", "0");
        var file = write(directory.resolve("afterglow.properties"), settings);
        // What the service would do at once itself; the observer needs them a moment before.
        try (var connection = new Connection(place.broker().config(settings))) {
            connection.createTopics();
        }
        var registry =
                SchemaRegistry.from(Map.of("schema.registry.url", place.broker().registryUrl()));
        var counts = AvroSerde.of(ImpressionCount.class, registry).deserializer();
        var output = topics.impressions().name();
        var observer = new StreamsObserver(
                place.broker(),
                place.cluster(),
                data,
                topics.prefix() + IntakeTopology.STAGE,
                output,
                data.distinct().sum(),
                value -> counts.deserialize(output, value).getCount());
        var options = recording
                .map(path -> List.of("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + path))
                .orElse(List.of());
        var child = place.jvms().start(run, options, MAIN, List.of("run", "--config", file.toString()));
        var given = given(topics);
        return new Running(
                child,
                observer,
                topic -> topic.startsWith(topics.prefix()) && !given.contains(topic),
                group -> group.startsWith(topics.prefix()),
                audit ? Optional.of(() -> audit(place, run, file)) : Optional.empty());
    }

    private static ChildJvm audit(Place place, String run, Path config) {
        return place.jvms().start(run + "-audit", List.of(), MAIN, List.of("audit", "--config", config.toString()));
    }

    /** What the data set brought: everything else was made by the run. */
    private static Set<String> given(Topics topics) {
        return Set.of(
                topics.evaluations().name(),
                topics.experiments().name(),
                topics.projects().name(),
                topics.pricePlans().name());
    }

    private static Path write(Path file, Map<String, String> settings) {
        try {
            return Files.write(
                    file,
                    settings.entrySet().stream()
                            .map(entry -> entry.getKey() + '=' + entry.getValue())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
