package dev.afterglow.streams.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Watches a child that says itself how far it is (see {@link Progress}) and leaves its result in a file. */
final class FileObserver implements Observer {

    /** What a line of the result says. */
    record Line(String key, long count) {

        /** Key, tabulator, count. */
        static Optional<Line> parse(String line) {
            int tab = line.indexOf('\t');
            return Optional.of(new Line(line.substring(0, tab), Long.parseLong(line.substring(tab + 1))));
        }
    }

    private final Progress progress;
    private final Path result;
    private final long events;
    private final Function<String, Optional<Line>> parser;

    /**
     * @param events records of the source
     * @param parser what a line of the result says; empty for a line that belongs to something else
     */
    FileObserver(Path progress, Path result, long events, Function<String, Optional<Line>> parser) {
        this.progress = new Progress(progress);
        this.result = result;
        this.events = events;
        this.parser = parser;
    }

    @Override
    public long consumed() {
        // What was read in the last moments may go untold; who is done has read all.
        return progress.isDone() ? events : progress.consumed();
    }

    @Override
    public long sum() {
        // Counts as progress, so that the end is when the child says so.
        return progress.isDone() ? 1 : 0;
    }

    @Override
    public boolean complete() {
        return progress.isDone();
    }

    @Override
    public boolean mayLose() {
        return false;
    }

    @Override
    public Tally result() {
        var tally = new Tally();
        if (Files.exists(result)) {
            try (var lines = Files.lines(result)) {
                lines.map(parser).flatMap(Optional::stream).forEach(line -> tally.add(line.key(), line.count()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tally;
    }

    @Override
    public void close() {
        // The mapping goes with the object.
    }
}
