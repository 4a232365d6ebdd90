package dev.afterglow.streams.bench;

import java.util.List;

/** What the figures were had on. */
final class Environment {

    private Environment() {}

    static List<String> lines() {
        return List.of("Java " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + ' '
                + System.getProperty("os.version") + ' ' + System.getProperty("os.arch") + ", Kafka "
                + org.apache.kafka.common.utils.AppInfoParser.getVersion());
    }
}
