package dev.afterglow.bench.flink;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Tells the benchmark how far Flink is, in the two numbers it maps: records consumed, and 1 when all is done. */
final class ProgressFile {

    private static final long TICK_MS = 50;
    private static final String CONSUMERS = "*:type=consumer-fetch-manager-metrics,client-id=*";
    private static final String RECORDS = "records-consumed-total";

    private final MappedByteBuffer mapped;

    ProgressFile(String file) throws IOException {
        try (var channel = FileChannel.open(
                Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * Long.BYTES);
            mapped.order(ByteOrder.nativeOrder());
        }
    }

    /** Goes on telling what Flink's Kafka consumers say of themselves. */
    void follow() {
        var thread = new Thread(this::tell, "progress");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void done() {
        mapped.putLong(Long.BYTES, 1);
    }

    private void tell() {
        var server = ManagementFactory.getPlatformMBeanServer();
        while (!Thread.interrupted()) {
            try {
                Thread.sleep(TICK_MS);
                tell(consumed(server));
            } catch (InterruptedException e) {
                return;
            } catch (JMException e) {
                // A consumer has come or gone meanwhile: the next look sees all.
                continue;
            }
        }
    }

    /** Never less than before: consumers that have ended take their figures with them. */
    private synchronized void tell(long consumed) {
        mapped.putLong(0, Math.max(mapped.getLong(0), consumed));
    }

    private static long consumed(MBeanServer server) throws JMException {
        var sum = 0.0;
        for (var name : server.queryNames(new ObjectName(CONSUMERS), null)) {
            var value = server.getAttribute(name, RECORDS);
            if (value instanceof Double records && !records.isNaN()) {
                sum += records;
            }
        }
        return (long) sum;
    }
}
