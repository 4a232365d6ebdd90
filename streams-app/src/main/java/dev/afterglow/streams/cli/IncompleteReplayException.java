package dev.afterglow.streams.cli;

import dev.afterglow.streams.replay.ReplaySummary;

/** A replay ended before all was sent. */
final class IncompleteReplayException extends Exception {

    private static final long serialVersionUID = 1L;

    IncompleteReplayException(ReplaySummary summary) {
        super(
                "not everything was sent: run the same command again, what has arrived counts once (within 24 h)",
                summary.failure().orElse(null));
    }
}
