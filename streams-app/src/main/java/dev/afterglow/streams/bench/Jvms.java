package dev.afterglow.streams.bench;

import dev.afterglow.streams.embedded.AgentJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the children, all alike: 1 GiB of heap from the beginning, and the options that Afterglow is shipped with. They
 * end with this process, however it ends: an agent in each watches the pipe between them.
 */
final class Jvms {

    private static final String JVM_OPTIONS = "jvm.options";
    private static final String REGISTRY_HOME = "afterglow.registry.home";

    private final Path directory;
    private final Path agent;
    private final Path jvmOptions;

    /** @param directory for logs and working directories of the children; made where missing */
    Jvms(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.agent = this.directory.resolve("end-with-parent.jar");
        this.jvmOptions = this.directory.resolve(JVM_OPTIONS);
        try (var shipped = Jvms.class.getResourceAsStream('/' + JVM_OPTIONS)) {
            Files.createDirectories(this.directory);
            AgentJar.writeTo(agent);
            Files.write(jvmOptions, shipped.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** A child on our own class path. */
    ChildJvm start(String name, List<String> options, String mainClass, List<String> arguments) {
        return start(name, System.getProperty("java.class.path"), options, mainClass, arguments);
    }

    /** A child on a class path of its own. */
    ChildJvm start(String name, String classPath, List<String> options, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("@" + jvmOptions, "-Xms1g", "-Xmx1g"));
        command.add("-javaagent:" + agent);
        Optional.ofNullable(System.getProperty(REGISTRY_HOME))
                .ifPresent(home -> command.add("-D" + REGISTRY_HOME + "=" + home));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return ChildJvm.start(name, command, Path.of("").toAbsolutePath(), directory.resolve(name + ".log"));
    }
}
