package dev.afterglow.streams.bench;

/** The ceiling: polls, and looks at nothing. */
final class Polling {

    private final CaseSettings settings;
    private final Progress progress;

    Polling(CaseSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    void run() {
        try (var consumer = SourceReader.consumer(settings)) {
            SourceReader.read(consumer, SourceReader.share(consumer, settings, 0, 1), progress, records -> {});
        }
        progress.done();
    }
}
