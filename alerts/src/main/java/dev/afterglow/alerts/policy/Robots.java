package dev.afterglow.alerts.policy;

import java.util.List;

/**
 * Tells robots that say who they are by their user agent. Robots that pretend to be a person are not found this way.
 *
 * <p>The tokens are the ones under which the large operators document their robots: {@code bot} (Googlebot, bingbot,
 * AhrefsBot, GPTBot, Slackbot, Applebot and most others), {@code crawl} and {@code spider} (the generic words, and
 * Baiduspider), {@code slurp} (Yahoo), {@code mediapartners} (Google's advertisement crawler), {@code
 * facebookexternalhit} (link previews), {@code bingpreview}, {@code headlesschrome} (Chrome without a screen),
 * {@code lighthouse} and {@code pingdom} (measurements by machines). The open lists {@code isbot} and {@code
 * crawler-user-agents} begin with the same words. They leave out telephones of the make Cubot, as is done here.
 */
final class Robots {

    private static final List<String> TOKENS = List.of(
            "bot",
            "crawl",
            "spider",
            "slurp",
            "mediapartners",
            "facebookexternalhit",
            "bingpreview",
            "headlesschrome",
            "lighthouse",
            "pingdom");

    private static final String TELEPHONE = "cubot";

    private Robots() {}

    /** Whether a user agent, in lower case, says that it is a robot. */
    static boolean isOne(String userAgent) {
        var rest = userAgent.contains(TELEPHONE) ? userAgent.replace(TELEPHONE, "") : userAgent;
        return TOKENS.stream().anyMatch(rest::contains);
    }
}
