package dev.afterglow.streams.dedupe;

/** What is known of an id. */
public enum Sighting {
    /** Not seen within the horizon; remembered now. */
    NEW,
    /** Seen within the horizon, with the same contents. */
    DUPLICATE,
    /** Seen within the horizon, with other contents. */
    CONFLICT
}
