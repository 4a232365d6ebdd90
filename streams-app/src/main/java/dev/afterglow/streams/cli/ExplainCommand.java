package dev.afterglow.streams.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code afterglow explain}: why an experiment is, or is not, flagged. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = "Says why an experiment is, or is not, flagged: each rule with the values that it saw. Asks a"
                + " running instance.",
        footer = {
            "",
            "Exit code 0 with an answer, 2 without: no such experiment, no instance at the address.",
            "",
            "Examples:",
            "  afterglow explain shop/production/item-7",
            "  afterglow explain --url http://afterglow:8080 --json shop/production/item-7",
            "  afterglow explain 'shop/production/landing%2Fhero'        (a / in a key is written %2F, and % is %25)"
        })
public final class ExplainCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    @Parameters(paramLabel = "PROJECT/ENVIRONMENT/EXPERIMENT", description = "The experiment.")
    private String experiment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of an instance. Default: as afterglow.http.host and afterglow.http.port say.")
    private String url;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var address = address(key());
        var response = answer(address);
        if (response.statusCode() != OK) {
            throw new IllegalStateException(error(address, response));
        }
        var out = spec.commandLine().getOut();
        out.print(response.body());
        if (json) {
            out.println();
        }
        out.flush();
        return ExitCode.OK;
    }

    private ExperimentKey key() {
        try {
            return ExperimentKey.parse(experiment);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    private URI address(ExperimentKey key) {
        var base = url == null ? configured() : url.replaceAll("/+$", "");
        var path = "/api/v1/experiments/" + segment(key.project()) + '/' + segment(key.environment()) + '/'
                + segment(key.experiment()) + "/explain?format=" + (json ? "json" : "text");
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

    private static HttpResponse<String> answer(URI address) throws InterruptedException {
        var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        try {
            return client.send(
                    HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no answer from " + address.getScheme() + "://" + address.getAuthority()
                            + ": start an instance with 'afterglow run', or give its address with --url",
                    e);
        }
    }

    private static String error(URI address, HttpResponse<String> response) {
        try {
            var body = new ObjectMapper().readTree(response.body());
            if (body.path("error").isTextual()) {
                return body.path("error").asText() + ": " + body.path("remedy").asText();
            }
        } catch (IOException e) {
            // Said below.
        }
        return address + " answered " + response.statusCode() + ": is that an instance of Afterglow?";
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }
}
