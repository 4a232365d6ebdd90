package dev.afterglow.streams.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The broker's configuration: Kafka's defaults, except where one node on a small machine wants it otherwise. */
final class KafkaSettings {

    static final int NODE_ID = 1;

    private KafkaSettings() {}

    static Properties of(Path logDirectory, int clientPort, int controllerPort) {
        Properties settings = new Properties();
        addresses(settings, clientPort, controllerPort);
        singleCopy(settings);
        modest(settings);
        // After a kill -9 the broker's own former self holds its place for a session: 9 s by default. Broker and
        // controller share this process, so that a shorter one tells no less.
        settings.setProperty("broker.session.timeout.ms", "4000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        settings.setProperty("log.dirs", logDirectory.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // Kafka forgets the offsets of a group that has been away for a week. A service that was switched off for a
        // holiday would then read its input from the start, and count it again.
        settings.setProperty("offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE));
        return settings;
    }

    /** Without the broker. */
    static Properties ofControllerAlone(Path logDirectory, int controllerPort) {
        Properties settings = of(logDirectory, controllerPort, controllerPort);
        settings.setProperty("process.roles", "controller");
        settings.setProperty("listeners", "CONTROLLER://" + Ports.HOST + ":" + controllerPort);
        settings.remove("advertised.listeners");
        settings.remove("inter.broker.listener.name");
        return settings;
    }

    private static void addresses(Properties settings, int clientPort, int controllerPort) {
        String client = "CLIENT://" + Ports.HOST + ":" + clientPort;
        String controller = "CONTROLLER://" + Ports.HOST + ":" + controllerPort;
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", String.valueOf(NODE_ID));
        settings.setProperty("listeners", client + "," + controller);
        settings.setProperty("advertised.listeners", client);
        settings.setProperty("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "CLIENT");
        settings.setProperty("controller.listener.names", "CONTROLLER");
        // Static voters are not written into the data, so that the controller's port may change with every start.
        settings.setProperty("controller.quorum.voters", NODE_ID + "@" + Ports.HOST + ":" + controllerPort);
    }

    private static void singleCopy(Properties settings) {
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "4");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void modest(Properties settings) {
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
        // The cleaner's buffer is taken from our heap at once; the default is 128 MB. 16 MB hold 600,000 keys a pass.
        settings.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024));
    }
}
