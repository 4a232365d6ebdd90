package dev.afterglow.streams.dedupe;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;

/** What one task keeps, among the metrics of Kafka Streams: as of its last commit. */
final class IdMeters {

    private static final String GROUP = "event-id-metrics";

    private final StreamsMetrics metrics;
    private final Map<String, String> task;
    private final Sensor ids;
    private final Sensor heap;
    private final Sensor mapped;

    IdMeters(StreamsMetrics metrics, String task) {
        this.metrics = metrics;
        this.task = Map.of("task-id", task);
        ids = sensor("ids", "event ids remembered");
        heap = sensor("heap-bytes", "bytes of heap that the memory of event ids takes");
        mapped = sensor("mapped-bytes", "bytes outside the heap that the memory of event ids takes");
    }

    void record(IdFigures figures) {
        ids.record(figures.ids());
        heap.record(figures.heapBytes());
        mapped.record(figures.mappedBytes());
    }

    void close() {
        metrics.removeSensor(ids);
        metrics.removeSensor(heap);
        metrics.removeSensor(mapped);
    }

    private Sensor sensor(String name, String description) {
        var sensor = metrics.addSensor("event-ids-" + name + '-' + task.get("task-id"), RecordingLevel.INFO);
        sensor.add(new MetricName(name, GROUP, description, task), new Value());
        return sensor;
    }
}
