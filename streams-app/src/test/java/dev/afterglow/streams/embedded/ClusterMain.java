package dev.afterglow.streams.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process to be killed: runs a cluster on the directory given, says where, and waits for its end. */
final class ClusterMain {

    private ClusterMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedCluster cluster = EmbeddedCluster.start(Path.of(arguments[0]), 0, 0, step -> {});
        System.out.println("RUNNING " + cluster.bootstrapServers() + " " + cluster.schemaRegistryUrl() + " "
                + cluster.registry().pid());
        new CountDownLatch(1).await();
    }
}
