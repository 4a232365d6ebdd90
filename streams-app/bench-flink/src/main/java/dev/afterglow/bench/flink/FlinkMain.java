package dev.afterglow.bench.flink;

import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Counts events by experiment, variant and hour: three columns are declared, so that Flink decodes no more than it needs
 * (its Avro format projects). Nothing is de-duplicated. Exactly-once checkpoints each 10 s, watermarks 10 min behind,
 * parallelism 2, sink {@code print}.
 */
public final class FlinkMain {

    private FlinkMain() {}

    /** @param arguments bootstrap servers, registry, topic, file for progress, directory for checkpoints */
    public static void main(String[] arguments) throws Exception {
        var progress = new ProgressFile(arguments[3]);
        progress.follow();
        var table = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration(arguments[4]))
                .build());
        table.executeSql(source(arguments[0], arguments[1], arguments[2]));
        table.executeSql(SINK);
        table.executeSql(COUNT).await();
        System.out.flush();
        progress.done();
        // Whoever watches reads the CPU time of a living process, and ends it.
        new CountDownLatch(1).await();
    }

    private static Configuration configuration(String checkpoints) {
        var configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        configuration.setString("execution.checkpointing.interval", "10 s");
        configuration.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
        configuration.setString("execution.checkpointing.storage", "filesystem");
        configuration.setString("execution.checkpointing.dir", "file://" + checkpoints);
        configuration.setString("state.backend.type", "hashmap");
        configuration.setString("table.local-time-zone", "UTC");
        configuration.setString("rest.bind-address", "127.0.0.1");
        configuration.setString("rest.address", "127.0.0.1");
        configuration.setString("rest.bind-port", "0");
        return configuration;
    }

    /** {@code variant} is a type in Flink 2.2, hence the backticks. */
    private static String source(String servers, String registry, String topic) {
        return """
                CREATE TABLE evaluations (
                  experiment STRING NOT NULL,
                  `variant` STRING NOT NULL,
                  occurredAt TIMESTAMP(3) NOT NULL,
                  WATERMARK FOR occurredAt AS occurredAt - INTERVAL '10' MINUTE
                ) WITH (
                  'connector' = 'kafka',
                  'topic' = '%s',
                  'properties.bootstrap.servers' = '%s',
                  'properties.group.id' = 'bench-flink',
                  'scan.startup.mode' = 'earliest-offset',
                  'scan.bounded.mode' = 'latest-offset',
                  'value.format' = 'avro-confluent',
                  'value.avro-confluent.url' = '%s'
                )""".formatted(topic, servers, registry);
    }

    private static final String SINK = """
            CREATE TABLE counts (
              experiment STRING,
              `variant` STRING,
              `hour` TIMESTAMP(3),
              impressions BIGINT
            ) WITH ('connector' = 'print')""";

    private static final String COUNT = """
            INSERT INTO counts
            SELECT experiment, `variant`, window_start, COUNT(*)
            FROM TABLE(TUMBLE(TABLE evaluations, DESCRIPTOR(occurredAt), INTERVAL '1' HOUR))
            GROUP BY experiment, `variant`, window_start, window_end""";
}
