package dev.afterglow.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Who we are to the registry: nobody, a name and password (of the configuration or of the URL), or a bearer token. Kept
 * in {@link Password}, which prints as hidden.
 */
record Credentials(boolean fromUrl, Optional<Password> header) {
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String BASIC_USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";

    static Credentials from(Map<String, Object> values) {
        String bearer = (String) values.get(BEARER_SOURCE);
        if (!bearer.isEmpty()) {
            return bearer(bearer, secret(values, BEARER_TOKEN));
        }
        String source = (String) values.get(BASIC_SOURCE);
        return switch (source) {
            case "URL" -> new Credentials(true, Optional.empty());
            case "USER_INFO" -> basic(secret(values, BASIC_USER_INFO));
            case "SASL_INHERIT" ->
                throw new ConfigException(BASIC_SOURCE, source, "not supported: use USER_INFO and " + BASIC_USER_INFO);
            default -> throw new ConfigException(BASIC_SOURCE, source, "use URL or USER_INFO");
        };
    }

    /** The value of the Authorization header for a URL, if there is to be one. */
    Optional<Password> headerFor(URI url) {
        return fromUrl ? Optional.ofNullable(url.getUserInfo()).map(Credentials::basicHeader) : header;
    }

    private static Credentials bearer(String source, String token) {
        if (!source.equals("STATIC_TOKEN")) {
            throw new ConfigException(BEARER_SOURCE, source, "not supported: use STATIC_TOKEN and " + BEARER_TOKEN);
        }
        if (token.isEmpty()) {
            throw new ConfigException(BEARER_TOKEN + " is empty although " + BEARER_SOURCE + " is STATIC_TOKEN");
        }
        return new Credentials(false, Optional.of(new Password("Bearer " + token)));
    }

    private static Credentials basic(String userInfo) {
        if (userInfo.indexOf(':') < 0) {
            throw new ConfigException(
                    BASIC_USER_INFO + " must be user:password, since " + BASIC_SOURCE + " is USER_INFO");
        }
        return new Credentials(false, Optional.of(basicHeader(userInfo)));
    }

    private static Password basicHeader(String userInfo) {
        byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
        return new Password("Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    private static String secret(Map<String, Object> values, String key) {
        return ((Password) values.get(key)).value();
    }
}
