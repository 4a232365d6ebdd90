package dev.afterglow.streams.reading;

/** The text fields of an evaluation event. */
public enum TextField {
    /** Names the event within project, environment and source. */
    ID("id"),
    /** Slug of the project. */
    PROJECT("project"),
    /** Slug of the environment. */
    ENVIRONMENT("environment"),
    /** Key of the experiment. */
    EXPERIMENT("experiment"),
    /** Key of the variant. */
    VARIANT("variant"),
    /** The user or device; never leaves intake. */
    UNIT("unit"),
    /** The sender; may be null. */
    SOURCE("source"),
    /** The run of the experiment; may be null. */
    RUN("run"),
    /** The page view; may be null. */
    PAGE_VIEW("pageView"),
    /** The session; may be null. */
    SESSION("session"),
    /** The user agent; may be null. */
    USER_AGENT("userAgent");

    private final String avroName;

    TextField(String avroName) {
        this.avroName = avroName;
    }

    String avroName() {
        return avroName;
    }
}
