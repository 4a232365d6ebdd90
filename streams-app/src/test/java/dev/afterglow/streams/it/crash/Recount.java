package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.it.Child;
import dev.afterglow.streams.it.Stand;
import dev.afterglow.streams.it.Tethered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code afterglow audit}, which recounts on a path of its own. */
final class Recount {

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(90);

    private Recount() {}

    /** Fails when it finds a difference; tells whether there is such a command. */
    static boolean run(Stand stand, Path directory) throws Exception {
        var configuration = stand.file("audit").toString();
        try (var child = Child.start(
                directory.resolve("audit.log"), List.of(), Tethered.class, "audit", "--config", configuration)) {
            int exitCode = child.exitCode(ENDS_WITHIN);
            if (child.hasSaid("Unmatched argument", "'audit'")) {
                return false;
            }
            assertThat(exitCode)
                    .as(() -> "exit code of audit, which says " + child.output())
                    .isZero();
            return true;
        }
    }
}
