package dev.afterglow.streams.bench;

import java.util.List;
import java.util.Optional;

/**
 * A case of plain consumers.
 *
 * @param name see {@link CaseMain}
 * @param counts whether it counts
 */
record ReaderCase(String name, boolean counts) implements BenchCase {

    @Override
    public Optional<Tally> expected(DataSet data) {
        return counts ? Optional.of(data.records()) : Optional.empty();
    }

    @Override
    public Running start(Place place, DataSet data, String run) {
        var settings = new CaseSettings(
                name,
                place.broker().bootstrapServers(),
                place.broker().registryUrl(),
                data.source(),
                "",
                "",
                place.directory(run));
        var observer = new FileObserver(
                settings.progress(), settings.result(), data.spec().events(), FileObserver.Line::parse);
        var child = place.jvms().start(run, List.of(), CaseMain.class.getName(), settings.arguments());
        return new Running(child, observer, topic -> false, group -> false);
    }
}
