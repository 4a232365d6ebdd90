package dev.afterglow.streams.bench;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Apache Flink SQL in a JVM with a class path of its own. Its sink is {@code print}: the result is read from its output.
 *
 * @param distribution directory of jars that the profile {@code bench} builds
 */
record FlinkCase(Path distribution) implements BenchCase {

    static final String NAME = "flink";
    static final String HOW_TO_BUILD = "mvn -Pbench -Dmaven.test.skip=true package";

    private static final String MAIN = "dev.afterglow.bench.flink.FlinkMain";
    private static final String JAR = "afterglow-bench-flink.jar";
    private static final Pattern ROW = Pattern.compile("(?:\\d+> )?\\+I\\[(.+), (.+), (\\S+), (\\d+)]");

    /** Where the distribution is, in a directory that was named, or else beside our own jar. */
    static Optional<Path> find(Optional<Path> named) {
        return named.or(FlinkCase::besideUs).filter(place -> Files.isRegularFile(place.resolve(JAR)));
    }

    private static Optional<Path> besideUs() {
        try {
            var own = Path.of(FlinkCase.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            // streams-app/target/dist/OUR.jar, or streams-app/target/classes
            var target =
                    Files.isDirectory(own) ? own.getParent() : own.getParent().getParent();
            return Optional.of(
                    target.resolveSibling("bench-flink").resolve("target").resolve("dist"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Tally> expected(DataSet data) {
        return Optional.of(data.records());
    }

    @Override
    public Running start(Place place, DataSet data, String run) {
        var directory = place.directory(run);
        var progress = directory.resolve("progress");
        var log = place.jvms().directory().resolve(run + ".log");
        var observer = new FileObserver(progress, log, data.spec().events(), FlinkCase::row);
        var child = place.jvms()
                .start(
                        run,
                        distribution.toAbsolutePath().resolve("*").toString(),
                        OPENED,
                        MAIN,
                        List.of(
                                place.broker().bootstrapServers(),
                                place.broker().registryUrl(),
                                data.source(),
                                progress.toString(),
                                directory.resolve("checkpoints").toString()));
        return new Running(child, observer, topic -> false, group -> false);
    }

    /** Flink's serialisers look into the JDK. */
    private static final List<String> OPENED = List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED");

    static Optional<FileObserver.Line> row(String line) {
        var matcher = ROW.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var hour = LocalDateTime.parse(matcher.group(3)).toInstant(ZoneOffset.UTC);
        return Optional.of(new FileObserver.Line(
                Loader.keyOf(matcher.group(1), matcher.group(2), hour), Long.parseLong(matcher.group(4))));
    }
}
