package dev.afterglow.streams.bench;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The windowed count of Kafka Streams' DSL.
 *
 * @param name see {@link CaseMain}
 * @param dedupe whether it drops repeated events
 */
record TextbookCase(String name, boolean dedupe) implements BenchCase {

    @Override
    public Optional<Tally> expected(DataSet data) {
        return Optional.of(dedupe ? data.distinct() : data.records());
    }

    @Override
    public Running start(Place place, DataSet data, String run) {
        var application = "bench-" + run;
        var output = application + "-counts";
        place.cluster().create(output, data.spec().partitions());
        var settings = new CaseSettings(
                name,
                place.broker().bootstrapServers(),
                place.broker().registryUrl(),
                data.source(),
                application,
                output,
                place.directory(run));
        var observer = new StreamsObserver(
                place.broker(),
                place.cluster(),
                data,
                application,
                output,
                expected(data).orElseThrow().sum(),
                value -> ByteBuffer.wrap(value).getLong());
        var child = place.jvms().start(run, List.of(), CaseMain.class.getName(), settings.arguments());
        return new Running(child, observer, topic -> topic.startsWith(application), application::equals);
    }
}
