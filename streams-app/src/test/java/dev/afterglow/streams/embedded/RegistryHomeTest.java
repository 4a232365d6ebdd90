package dev.afterglow.streams.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryHomeTest {

    @TempDir
    Path directory;

    @Test
    void findsTheRegistryBesideTheJarOfTheDistribution() throws Exception {
        // given
        Path home = Files.createDirectories(directory.resolve("dist/registry"));
        Path runner = Files.createFile(home.resolve("apicurio-registry-app-2.6.13.Final-runner.jar"));

        // when
        List<Path> places = RegistryHome.places(null, Optional.of(directory.resolve("dist/afterglow.jar")));

        // then
        assertThat(RegistryHome.runnerJar(places)).isEqualTo(runner);
    }

    @Test
    void looksNowhereElseWhenThePropertyNamesAPlace() {
        // when
        List<Path> places = RegistryHome.places("/named", Optional.of(directory.resolve("afterglow.jar")));

        // then
        assertThat(places).containsExactly(Path.of("/named"));
    }

    @Test
    void saysWhereItLookedAndWhatToDoWhenTheRegistryIsMissing() {
        // when, then
        assertThatThrownBy(() -> RegistryHome.runnerJar(List.of(directory)))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("mvn")
                .hasMessageContaining(RegistryHome.PROPERTY);
    }
}
