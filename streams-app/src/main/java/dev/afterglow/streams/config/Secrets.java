package dev.afterglow.streams.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows which settings must not be shown. */
final class Secrets {

    static final String HIDDEN = "(hidden)";

    private static final Pattern SECRET_KEY = Pattern.compile(
            "password|secret|jaas|user\\.info|token(?!.*(url|uri|location))|private\\.key|keystore\\.key|credential(?!s\\.source)");

    private static final Pattern USER_IN_URL = Pattern.compile("//[^/@\\s]*@");

    private Secrets() {}

    static boolean isSecret(String key) {
        return SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    /** The value as a log or an error may show it. */
    static String shown(String key, String value) {
        return isSecret(key) ? HIDDEN : USER_IN_URL.matcher(value).replaceAll("//" + HIDDEN + "@");
    }
}
