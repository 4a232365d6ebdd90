package dev.afterglow.streams.bench;

import dev.afterglow.streams.text.BadInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param data what is counted
 * @param cases names of the cases, of {@link Bench#caseNames()}; empty for all
 * @param rounds how often each case runs, 1 or more
 * @param timeout for one run of one case
 * @param flink directory with the jars of the Flink case, when it was named
 * @param json file for every figure of every run
 * @param recording file for a flight recording of Afterglow's last run
 * @param audit whether each run of Afterglow is audited
 * @param measurements what is measured, one after the other
 */
public record BenchOptions(
        DataSpec data,
        List<String> cases,
        int rounds,
        Duration timeout,
        Optional<Path> flink,
        Optional<Path> json,
        Optional<Path> recording,
        boolean audit,
        List<Measurement> measurements) {

    /** @throws BadInputException for a case that does not exist, or less than one round */
    public BenchOptions {
        cases = List.copyOf(cases);
        measurements = List.copyOf(measurements);
        if (rounds < 1) {
            throw new BadInputException("--rounds is " + rounds + ": give 1 or more");
        }
        var unknown = cases.stream().filter(name -> !Cases.NAMES.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new BadInputException(
                    "no such case: " + String.join(", ", unknown) + "; there are " + String.join(", ", Cases.NAMES));
        }
    }
}
