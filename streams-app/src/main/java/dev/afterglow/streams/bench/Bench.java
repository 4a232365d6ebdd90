package dev.afterglow.streams.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of the benchmark, with a broker of its own. */
public final class Bench {

    private final BenchOptions options;
    private final Clock clock;
    private final Consumer<String> say;

    /** @param say told one line each of what happens and what came out */
    public Bench(BenchOptions options, Clock clock, Consumer<String> say) {
        this.options = options;
        this.clock = clock;
        this.say = say;
    }

    /**
     * Runs to the end.
     *
     * @param directory for everything that lies on disk meanwhile; a few GB with the default number of events
     * @return whether every result of Afterglow was right
     * @throws BenchException when it cannot go on
     * @throws InterruptedException when interrupted; all children have ended then
     */
    public boolean run(Path directory) throws InterruptedException {
        var jvms = new Jvms(directory);
        var cases = new Cases(options, say).chosen();
        say.accept("Starting a broker and a schema registry");
        try (var broker = Broker.start(jvms);
                var cluster = new Cluster(broker)) {
            var place = new Place(jvms, broker, cluster);
            var rounds = new Rounds(place, new Loader(broker, cluster, clock), options, say);
            var reports = new ArrayList<Report>();
            boolean right = true;
            var growth = new Growth(rounds, options, say);
            for (var measurement : options.measurements()) {
                switch (measurement) {
                    case CASES -> reports.add(rounds.compare("Cases", options.data(), "base", Optional.empty(), cases));
                    case EVENTS -> growth.events(reports);
                    case EXPERIMENTS -> growth.experiments(reports);
                    case HORIZONS -> growth.horizons(reports);
                    case RESTART -> right = new Restart(rounds, place, options, say).run();
                }
            }
            var environment = Environment.lines();
            environment.forEach(say);
            options.json().ifPresent(file -> Json.write(file, options, environment, reports));
            options.recording().ifPresent(file -> Profile.lines(file).forEach(say));
            return right && reports.stream().allMatch(Report::afterglowIsRight);
        }
    }

    /** Names of all cases, in the order in which they run. */
    public static List<String> caseNames() {
        return Cases.NAMES;
    }
}
