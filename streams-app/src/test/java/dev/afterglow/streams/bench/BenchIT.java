package dev.afterglow.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {

    private static final long SEED = 7;

    @TempDir
    private Path directory;

    @Test
    @Timeout(180)
    void countsTheSameEventsWithAPlainConsumerAndWithAfterglowAndAgainAfterAKill() throws Exception {
        // given
        var json = directory.resolve("figures.json");
        var options = new BenchOptions(
                new DataSpec(20_000, 50, 1.1, 4, 6, 0.02, 0.01, 0, SEED),
                List.of("limit-1", "afterglow"),
                1,
                Duration.ofSeconds(120),
                Optional.empty(),
                Optional.of(json),
                Optional.empty(),
                true,
                List.of(Measurement.CASES, Measurement.RESTART));
        var said = new CopyOnWriteArrayList<String>();

        // when
        var right = new Bench(options, Clock.systemUTC(), said::add).run(directory.resolve("work"));

        // then
        assertThat(right).as("seed %d: %s", SEED, String.join("\n", said)).isTrue();
        assertThat(said).anyMatch(line -> line.contains("Differences: 0"));
        assertThat(said).anyMatch(line -> line.contains("after kill -9"));
        var runs = new ObjectMapper().readTree(json.toFile()).at("/reports/0/runs");
        assertThat(runs).as("%s", said).hasSize(2);
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.path("right").asBoolean()).as("%s", run).isTrue();
            assertThat(run.at("/allIn/cpuSecondsPerMillion").asDouble()).isPositive();
        });
    }
}
