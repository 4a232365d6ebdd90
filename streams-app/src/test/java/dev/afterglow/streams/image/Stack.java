package dev.afterglow.streams.image;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** Afterglow's image, built from {@code docker/Dockerfile}, beside a Kafka and a registry on a network of their own. */
final class Stack implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final int HTTP_PORT = 8080;

    private final Network network = Network.newNetwork();
    private final GenericContainer<?> kafka;
    private final GenericContainer<?> registry;
    private final ImageFromDockerfile image;
    private final GenericContainer<?> afterglow;

    private Stack(Images images) {
        kafka = kafka(images.kafka());
        registry = registry(images.registry());
        image = image(images.base());
        afterglow = afterglow();
    }

    /** Builds the image, starts all three, and returns when the image's own health check is content. */
    static Stack start(Images images) {
        var stack = new Stack(images);
        try {
            Startables.deepStart(stack.afterglow).join();
            return stack;
        } catch (RuntimeException e) {
            System.out.println(stack.logs());
            stack.close();
            throw e;
        }
    }

    /** Base address of the HTTP interface, seen from here. */
    String url() {
        return "http://" + afterglow.getHost() + ":" + afterglow.getMappedPort(HTTP_PORT);
    }

    /** Puts a file where commands in Afterglow's container find it. */
    void copy(String content, String path) {
        afterglow.copyFileToContainer(Transferable.of(content), path);
    }

    /** Runs a command in Afterglow's container, as {@code docker exec} does. */
    CommandResult run(String... command) throws Exception {
        var result = afterglow.execInContainer(command);
        return new CommandResult(result.getExitCode(), result.getStdout() + result.getStderr());
    }

    /** Stops Afterglow as {@code docker stop -t 40} does, and gives its exit code: 137 when it had to be killed. */
    int stopAfterglow() throws InterruptedException {
        var client = afterglow.getDockerClient();
        client.stopContainerCmd(afterglow.getContainerId()).withTimeout(40).exec();
        return client.waitContainerCmd(afterglow.getContainerId()).start().awaitStatusCode(10, TimeUnit.SECONDS);
    }

    /** What Afterglow has written to standard output and standard error. */
    String logs() {
        return afterglow.getContainerId() == null ? "" : afterglow.getLogs();
    }

    @Override
    public void close() {
        afterglow.close();
        registry.close();
        kafka.close();
        network.close();
        removeImage();
    }

    /** Testcontainers leaves that to Ryuk, which cannot be had everywhere. */
    private void removeImage() {
        if (image.isDone()) {
            DockerClientFactory.instance()
                    .client()
                    .removeImageCmd(image.getDockerImageName())
                    .withForce(true)
                    .exec();
        }
    }

    /**
     * @param exitCode 0 on success
     * @param output both streams, one after the other
     */
    record CommandResult(int exitCode, String output) {}

    private GenericContainer<?> kafka(String image) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(network)
                .withNetworkAliases("kafka")
                .withEnv(Map.ofEntries(
                        Map.entry("CLUSTER_ID", "4L6g3nShT-eMCtK--X86sw"),
                        Map.entry("KAFKA_NODE_ID", "1"),
                        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                        Map.entry("KAFKA_LISTENERS", "CLIENT://:9092,CONTROLLER://:9093"),
                        Map.entry("KAFKA_ADVERTISED_LISTENERS", "CLIENT://kafka:9092"),
                        Map.entry("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "CLIENT"),
                        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                        Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                        Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data")))
                .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1).withStartupTimeout(START_WITHIN));
    }

    private GenericContainer<?> registry(String image) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(network)
                .withNetworkAliases("registry")
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").withStartupTimeout(START_WITHIN));
    }

    private GenericContainer<?> afterglow() {
        return new GenericContainer<>(image)
                .dependsOn(kafka, registry)
                .withNetwork(network)
                .withExposedPorts(HTTP_PORT)
                .withEnv(Map.of(
                        "BOOTSTRAP_SERVERS", "kafka:9092",
                        "SCHEMA_REGISTRY_URL", "http://registry:8080/apis/ccompat/v7"))
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(START_WITHIN));
    }

    /** The files that {@code .dockerignore} lets through. */
    private static ImageFromDockerfile image(String base) {
        var top = Path.of("..").toAbsolutePath().normalize();
        var image = new ImageFromDockerfile()
                .withBuildArg("BASE_IMAGE", base)
                .withFileFromPath("Dockerfile", top.resolve("docker/Dockerfile"));
        for (var file : new String[] {
            "docker/afterglow",
            "docker/healthy",
            "streams-app/target/dist/afterglow-streams-app.jar",
            "streams-app/target/dist/jvm.options",
            "streams-app/target/dist/lib"
        }) {
            image.withFileFromPath(file, top.resolve(file));
        }
        return image;
    }
}
