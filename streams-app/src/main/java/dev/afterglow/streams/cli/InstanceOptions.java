package dev.afterglow.streams.cli;

import dev.afterglow.streams.text.BadInputException;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that asks a running instance. */
public final class InstanceOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of an instance. Default: as afterglow.http.host and afterglow.http.port say.")
    private String url;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** @throws BadInputException when the options give no address */
    URI address(String path) {
        var base = url == null ? configured() : url.replaceAll("/+$", "");
        try {
            var address = URI.create(base + path);
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new BadInputException("--url is '" + base + "': write http://host:port");
    }

    private String configured() {
        var http = connection.load().http();
        if (http.port() == 0) {
            throw new BadInputException("afterglow.http.port is 0, which is any port: give the address with --url");
        }
        return "http://" + (http.host().contains(":") ? '[' + http.host() + ']' : http.host()) + ':' + http.port();
    }
}
