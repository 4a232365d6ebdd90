package dev.afterglow.streams.client;

import java.util.List;

/** The topics to write to are not there. */
public final class TopicsMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicsMissingException(List<String> topics, String bootstrapServers) {
        super("missing on " + bootstrapServers + ": " + String.join(", ", topics)
                + "; start 'afterglow run', or make them with 'afterglow topics --apply'");
    }
}
