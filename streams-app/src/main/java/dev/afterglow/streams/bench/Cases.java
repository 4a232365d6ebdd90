package dev.afterglow.streams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The cases there are. */
final class Cases {

    static final List<String> NAMES =
            List.of("poll", "limit-1", "limit-2", "textbook", "textbook-dedupe", FlinkCase.NAME, AfterglowCase.NAME);

    private final BenchOptions options;
    private final Consumer<String> say;

    Cases(BenchOptions options, Consumer<String> say) {
        this.options = options;
        this.say = say;
    }

    /** Those that were asked for and can be had; says which cannot. */
    List<BenchCase> chosen() {
        var names = options.cases().isEmpty() ? NAMES : options.cases();
        var cases = new ArrayList<BenchCase>();
        for (var name : names) {
            of(name).ifPresent(cases::add);
        }
        return cases;
    }

    private Optional<BenchCase> of(String name) {
        return switch (name) {
            case "poll" -> Optional.of(new ReaderCase(name, false));
            case "limit-1", "limit-2" -> Optional.of(new ReaderCase(name, true));
            case "textbook" -> Optional.of(new TextbookCase(name, false));
            case "textbook-dedupe" -> Optional.of(new TextbookCase(name, true));
            case FlinkCase.NAME -> flink();
            default -> Optional.of(new AfterglowCase(options.recording(), options.audit()));
        };
    }

    private Optional<BenchCase> flink() {
        var found = FlinkCase.find(options.flink());
        if (found.isEmpty()) {
            say.accept("flink is left out: it has not been built. Build it with: " + FlinkCase.HOW_TO_BUILD
                    + (options.flink().isPresent()
                            ? " (looked in " + options.flink().get() + ")"
                            : ""));
        }
        return found.map(FlinkCase::new);
    }
}
