package dev.afterglow.streams.config;

/**
 * Where the HTTP server listens.
 *
 * @param host address
 * @param port 0 to 65535; 0 takes a free one
 */
public record HttpConfig(String host, int port) {

    static HttpConfig read(ConfigReader reader) {
        return new HttpConfig(
                reader.matching(ConfigKey.HTTP_HOST, "\\S+", "write an address, for example 127.0.0.1"),
                reader.integer(ConfigKey.HTTP_PORT, 0, 65_535));
    }
}
