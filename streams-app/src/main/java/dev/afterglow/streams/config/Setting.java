package dev.afterglow.streams.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A value and where it came from, so that an error can point there.
 *
 * @param value the text
 * @param origin for people: file and line, environment variable, or command line
 * @param secretFile the file the value was read from, when it was given as one
 */
record Setting(String value, String origin, Optional<Path> secretFile) {

    Setting(String value, String origin) {
        this(value, origin, Optional.empty());
    }

    /** The value as an error may show it. */
    String shown(String key) {
        return secretFile.isPresent() ? Secrets.HIDDEN : Secrets.shown(key, value);
    }

    @Override
    public String toString() {
        return "setting from " + origin;
    }
}
