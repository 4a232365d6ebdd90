package dev.afterglow.streams.config;

import dev.afterglow.streams.text.BadInputException;
import java.util.List;

/** The configuration cannot be used; every reason names the key, the value, where it is set, and the remedy. */
public final class ConfigurationException extends BadInputException {

    private static final long serialVersionUID = 1L;

    ConfigurationException(List<String> problems) {
        super(problems);
    }
}
