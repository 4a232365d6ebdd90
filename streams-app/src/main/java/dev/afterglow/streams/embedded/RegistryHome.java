package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the registry's own distribution lies: beside our jar, unless the system property says otherwise. */
final class RegistryHome {

    /** Names the directory that holds {@code apicurio-registry-app-VERSION-runner.jar}. */
    static final String PROPERTY = "afterglow.registry.home";

    private RegistryHome() {}

    /**
     * @return the registry's runnable jar
     * @throws EmbeddedException when it is nowhere
     */
    static Path runnerJar() {
        List<Path> places = places(System.getProperty(PROPERTY), ownLocation());
        return runnerJar(places);
    }

    static Path runnerJar(List<Path> places) {
        return places.stream()
                .flatMap(place -> runnerIn(place).stream())
                .findFirst()
                .orElseThrow(
                        () -> new EmbeddedException("The schema registry (Apicurio) is not there; looked in " + places
                                + ". It comes with the distribution: build it with `mvn -Dmaven.test.skip=true package`,"
                                + " or name its directory with -D" + PROPERTY + "=DIR."));
    }

    static List<Path> places(String property, Optional<Path> own) {
        if (property != null) {
            return List.of(Path.of(property));
        }
        List<Path> places = new ArrayList<>();
        own.map(Path::getParent).ifPresent(parent -> {
            places.add(parent.resolve("registry"));
            // Running from target/classes, as an IDE does.
            places.add(parent.resolve("dist").resolve("registry"));
        });
        return places;
    }

    private static Optional<Path> ownLocation() {
        CodeSource source = RegistryHome.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> runnerIn(Path place) {
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.getFileName().toString().matches("apicurio-registry-app-.*-runner\\.jar"))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new EmbeddedException("The registry's directory " + place + " cannot be read: " + e, e);
        }
    }
}
