package dev.afterglow.streams.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What a child of the benchmark is told.
 *
 * @param name of the case
 * @param bootstrapServers the broker
 * @param registryUrl the schema registry
 * @param source topic with the events
 * @param application id of the application (its group), for cases in Kafka Streams
 * @param output topic of the result, for cases in Kafka Streams
 * @param directory for local state, progress and result
 */
record CaseSettings(
        String name,
        String bootstrapServers,
        String registryUrl,
        String source,
        String application,
        String output,
        Path directory) {

    static CaseSettings parse(List<String> arguments) {
        return new CaseSettings(
                arguments.get(0),
                arguments.get(1),
                arguments.get(2),
                arguments.get(3),
                arguments.get(4),
                arguments.get(5),
                Path.of(arguments.get(6)));
    }

    List<String> arguments() {
        return List.of(name, bootstrapServers, registryUrl, source, application, output, directory.toString());
    }

    /** See {@link Progress}. */
    Path progress() {
        return directory.resolve("progress");
    }

    /** Lines of key, tabulator, count. */
    Path result() {
        return directory.resolve("result.tsv");
    }
}
