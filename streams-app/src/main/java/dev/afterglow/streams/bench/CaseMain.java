package dev.afterglow.streams.bench;

import dev.afterglow.schemas.serde.GeneratedClasses;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The child that runs one of the cases which need nothing but what Afterglow has on its class path anyway. */
final class CaseMain {

    private CaseMain() {}

    /** @param arguments see {@link CaseSettings#parse} */
    public static void main(String[] arguments) throws Exception {
        GeneratedClasses.trust();
        var settings = CaseSettings.parse(List.of(arguments));
        switch (settings.name()) {
            case "poll" -> new Polling(settings, new Progress(settings.progress())).run();
            case "limit-1" -> new Limit(settings, 1).run();
            case "limit-2" -> new Limit(settings, 2).run();
            case "textbook" -> Textbook.start(settings, false);
            case "textbook-dedupe" -> Textbook.start(settings, true);
            default -> throw new IllegalArgumentException("no case " + settings.name());
        }
        // Whoever watches reads the CPU time of a living process, and ends it.
        new CountDownLatch(1).await();
    }
}
