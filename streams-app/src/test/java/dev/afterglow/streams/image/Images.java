package dev.afterglow.streams.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;

/**
 * The images that the test needs besides ours. Where others are wanted, system properties name them:
 * {@code afterglow.image.base}, {@code afterglow.image.kafka}, {@code afterglow.image.registry}.
 *
 * @param base a Java runtime, the base of our image
 * @param kafka takes the settings of {@code apache/kafka}
 * @param registry speaks Confluent's API below {@code /apis/ccompat/v7} on port 8080
 */
record Images(String base, String kafka, String registry) {

    /** An engine that is there answers at once; what takes longer is the download of Testcontainers' own helper. */
    private static final Duration FOR_THE_ENGINE = Duration.ofSeconds(60);

    /** For all images together: whoever runs the tests should not wait for half an hour without knowing why. */
    private static final Duration FOR_DOWNLOADS = Duration.ofMinutes(3);

    static Images configured() {
        return new Images(
                System.getProperty("afterglow.image.base", "eclipse-temurin:17-jre"),
                System.getProperty("afterglow.image.kafka", "apache/kafka:4.3.1"),
                System.getProperty("afterglow.image.registry", "apicurio/apicurio-registry-mem:2.6.13.Final"));
    }

    /** What keeps containers from being started, and the remedy; nothing when all is there. Downloads what it can. */
    Optional<String> obstacle() throws InterruptedException {
        if (!engineAnswers()) {
            return Optional.of("no Docker engine answers. Start one, or point DOCKER_HOST at one");
        }
        var client = DockerClientFactory.instance().client();
        var deadline = Instant.now().plus(FOR_DOWNLOADS);
        for (var image : List.of(base, kafka, registry)) {
            if (!isHere(client, image) && !download(client, image, deadline)) {
                return Optional.of("the image " + image + " cannot be had within " + FOR_DOWNLOADS.toSeconds()
                        + " s. Try 'docker pull " + image + "', or run docker/offline/run");
            }
        }
        return Optional.empty();
    }

    private static boolean engineAnswers() throws InterruptedException {
        var answer = CompletableFuture.supplyAsync(
                () -> DockerClientFactory.instance().isDockerAvailable());
        try {
            return answer.get(FOR_THE_ENGINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static boolean isHere(DockerClient client, String image) {
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static boolean download(DockerClient client, String image, Instant deadline) throws InterruptedException {
        System.out.println("ImageIT downloads " + image);
        var left = Math.max(0, Duration.between(Instant.now(), deadline).toSeconds());
        try {
            return client.pullImageCmd(image).start().awaitCompletion(left, TimeUnit.SECONDS) && isHere(client, image);
        } catch (DockerException e) {
            return false;
        }
    }
}
