package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How the registry's process is started: command line, environment, log file. */
final class RegistryCommand {

    /** Of our environment only these reach the child: the rest might configure it, or be secret. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

    private static final String AGENT = "end-with-parent.jar";
    private static final String TEMPORARY = "tmp";

    private final Path directory;
    private final Path runnerJar;
    private final int port;

    /**
     * @param directory where the registry's data and log are kept
     * @param runnerJar the registry's runnable jar
     * @param port where it listens
     */
    RegistryCommand(Path directory, Path runnerJar, int port) {
        this.directory = directory;
        this.runnerJar = runnerJar;
        this.port = port;
    }

    Path logFile() {
        return directory.resolve("registry.log");
    }

    private Path temporary() {
        return directory.resolve(TEMPORARY);
    }

    /** Clears away what the last run left behind, its log excepted, which is kept for one more run. */
    void prepare() throws IOException {
        if (Files.exists(logFile())) {
            Files.move(logFile(), directory.resolve("registry.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.isDirectory(temporary())) {
            try (Stream<Path> left = Files.walk(temporary())) {
                for (Path path : left.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(temporary());
    }

    /** Starts the process; its standard input is the pipe on which {@link EndWithParent} watches us. */
    Process start() throws IOException {
        AgentJar.writeTo(directory.resolve(AGENT));
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().keySet().retainAll(ENVIRONMENT);
        // All paths below are relative to it: an absolute one may hold what agents, JDBC or Quarkus take for syntax.
        // And Quarkus reads config/application.properties of its working directory.
        builder.directory(directory.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        return builder.start();
    }

    private List<String> command() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // Ctrl-C reaches every process of the terminal; the registry is to outlive our own orderly shutdown, which
        // ends it last. A signal ignored before exec stays ignored.
        return List.of(
                "/bin/sh",
                "-c",
                "trap '' INT HUP; exec \"$0\" \"$@\"",
                java.toString(),
                "-javaagent:" + AGENT,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + TEMPORARY,
                "-Dquarkus.http.host=" + Ports.HOST,
                "-Dquarkus.http.port=" + port,
                // By default H2 writes half a second late. After a crash an id already given out would then be given
                // out again, for another schema, and every record of the first would be misread.
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:./registry;WRITE_DELAY=0",
                "-jar",
                runnerJar.toString());
    }
}
