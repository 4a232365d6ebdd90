package dev.afterglow.schemas.topic;

/**
 * Identity of an experiment: {@code project/environment/experiment}.
 *
 * @param project slug of the project
 * @param environment slug of the environment
 * @param experiment key of the experiment in its own project; any text but the empty one
 */
public record ExperimentKey(String project, String environment, String experiment) {

    /** Longest slug, in characters: keys stay small, whatever a sender puts in. */
    public static final int MAXIMUM_SLUG = 128;

    /**
     * @throws IllegalArgumentException when a part is not what it has to be; the message names it
     */
    public ExperimentKey {
        requireSlug("project", project);
        requireSlug("environment", environment);
        if (experiment == null || experiment.isEmpty()) {
            throw new IllegalArgumentException("experiment is empty: give the key of the experiment");
        }
    }

    /** Whether a text is a slug: lower-case letters, digits, dot, underscore and hyphen, starting with a letter or digit,
     * {@value #MAXIMUM_SLUG} characters at most. */
    public static boolean isSlug(String text) {
        if (text == null || text.isEmpty() || text.length() > MAXIMUM_SLUG || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /**
     * Reads the text form.
     *
     * @param text {@code project/environment/experiment} with {@code /} and {@code %} of the experiment percent-encoded
     * @throws IllegalArgumentException when it is not of that form
     */
    public static ExperimentKey parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text
                    + "' is no experiment identity: write project/environment/experiment, with / as %2F and % as %25");
        }
        return new ExperimentKey(parts[0], parts[1], decode(parts[2]));
    }

    /** The text form, the key of most topics: {@code /} and {@code %} in the experiment are percent-encoded. */
    @Override
    public String toString() {
        return project + '/' + environment + '/' + encode(experiment);
    }

    /** Percent-encodes the two characters that have a meaning in keys. */
    public static String encode(String text) {
        return text.indexOf('/') < 0 && text.indexOf('%') < 0
                ? text
                : text.replace("%", "%25").replace("/", "%2F");
    }

    /** Undoes {@link #encode}. */
    public static String decode(String text) {
        return text.indexOf('%') < 0
                ? text
                : text.replace("%2F", "/").replace("%2f", "/").replace("%25", "%");
    }

    private static void requireSlug(String what, String text) {
        if (!isSlug(text)) {
            throw new IllegalArgumentException(
                    what + " '" + text
                            + "' is no slug: use lower-case letters, digits, '.', '_' and '-', starting with a letter or digit");
        }
    }
}
