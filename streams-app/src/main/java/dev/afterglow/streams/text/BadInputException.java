package dev.afterglow.streams.text;

import java.util.List;

/** What a person gave (a configuration, a file, an option) cannot be used. Its message is meant for that person. */
public class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems everything that is wrong, one entry each, naming the thing and the remedy; at least one */
    public BadInputException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One problem. */
    public BadInputException(String problem) {
        this(List.of(problem));
    }

    /** Everything that is wrong, in the order in which it was found. */
    public List<String> problems() {
        return problems;
    }
}
