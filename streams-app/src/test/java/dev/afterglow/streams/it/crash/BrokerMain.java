package dev.afterglow.streams.it.crash;

import dev.afterglow.streams.embedded.EmbeddedKafka;
import dev.afterglow.streams.embedded.EndWithParent;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker to be killed: says where it serves, and waits for its end. */
final class BrokerMain {

    /** What stands before the address. */
    static final String SERVES = "Kafka:";

    private BrokerMain() {}

    /** @param arguments data directory, and port or 0 */
    public static void main(String[] arguments) throws InterruptedException {
        EndWithParent.premain("");
        var kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), step -> {});
        System.out.println(SERVES + ' ' + kafka.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
