package dev.afterglow.streams.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.utils.Time;

/**
 * Signs a broker off that was killed, before it comes back: its controller is started alone for that.
 *
 * <p>Else a broker of Kafka 4.3.1 that starts again takes up its partitions as if it had never been away, before it knows
 * of any topic. Transactions that were being committed when it was killed are completed then, but the markers that tell
 * their partitions are dropped, since the partitions seem to be deleted: what was committed is never readable, and holds
 * up what comes after it. Signed off, it gets its partitions back when it knows them. It also need not wait until the
 * session of its former self is over.
 */
final class FormerBroker {

    /** What Kafka writes when it has been stopped in order. */
    private static final String STOPPED_IN_ORDER = ".kafka_cleanshutdown";

    private static final String METADATA = "__cluster_metadata-0";
    private static final long ANSWERS_WITHIN_S = 60;
    private static final long PAUSE_MS = 100;

    private FormerBroker() {}

    /** Signs it off if it was killed; does nothing in a new directory, or after a stop in order. */
    static void signOff(Path logs) throws InterruptedException {
        if (!Files.exists(logs.resolve(METADATA)) || Files.exists(logs.resolve(STOPPED_IN_ORDER))) {
            return;
        }
        int port = Ports.free();
        var controller =
                new KafkaRaftServer(new KafkaConfig(KafkaSettings.ofControllerAlone(logs, port), false), Time.SYSTEM);
        controller.startup();
        try {
            unregister(port);
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static void unregister(int port) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWERS_WITHIN_S);
        while (!isUnregistered(port, deadline)) {
            Thread.sleep(PAUSE_MS);
        }
    }

    /** Whether it is done. A client that was once told what it cannot do asks no more, hence another for each try. */
    private static boolean isUnregistered(int port, long deadline) throws InterruptedException {
        try (var admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, Ports.HOST + ":" + port))) {
            admin.unregisterBroker(KafkaSettings.NODE_ID).all().get(ANSWERS_WITHIN_S, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrokerIdNotRegisteredException) {
                return true;
            }
            // So a controller answers that has not read yet which version its metadata are of.
            if (e.getCause() instanceof UnsupportedVersionException && System.nanoTime() < deadline) {
                return false;
            }
            throw new IllegalStateException("the former broker could not be signed off", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the former broker could not be signed off in time", e);
        }
    }
}
