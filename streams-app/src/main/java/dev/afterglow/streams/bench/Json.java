package dev.afterglow.streams.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Every figure of every run, for machines. A figure that could not be had is null. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static void write(Path file, BenchOptions options, List<String> environment, List<Report> reports) {
        try {
            MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), tree(options, environment, reports));
        } catch (IOException e) {
            throw new BenchException("the figures could not be written to " + file + ": " + e.getMessage(), e);
        }
    }

    static ObjectNode tree(BenchOptions options, List<String> environment, List<Report> reports) {
        var root = MAPPER.createObjectNode();
        root.put("environment", String.join("; ", environment));
        root.put("rounds", options.rounds());
        var all = root.putArray("reports");
        reports.forEach(report -> add(all.addObject(), report));
        return root;
    }

    private static void add(ObjectNode node, Report report) {
        node.put("title", report.title());
        var data = report.data();
        var spec = data.spec();
        node.putObject("data")
                .put("events", spec.events())
                .put("distinct", data.distinct().sum())
                .put("keys", data.distinct().keys())
                .put("experiments", spec.experiments())
                .put("zipf", spec.zipf())
                .put("hot", spec.hot())
                .put("partitions", spec.partitions())
                .put("hours", spec.hours())
                .put("outOfOrder", spec.outOfOrder())
                .put("duplicates", spec.duplicates())
                .put("seed", spec.seed())
                .put("bytesOnDisk", data.bytes())
                .put("averageValueBytes", data.averageValue());
        var runs = node.putArray("runs");
        report.results().forEach(run -> add(runs.addObject(), run));
        var comparisons = node.putArray("comparisons");
        report.comparisons()
                .forEach(comparison -> comparisons
                        .addObject()
                        .put("what", comparison.kind())
                        .put("rival", comparison.rival())
                        .put("value", comparison.value())
                        .put("target", comparison.target())
                        .put("atMost", comparison.atMost())
                        .put("passes", comparison.passes()));
    }

    private static void add(ObjectNode node, CaseResult run) {
        node.put("case", run.name());
        put(node, "seconds", run.seconds());
        put(node.putObject("warm"), run.warm());
        put(node.putObject("allIn"), run.allIn());
        run.verdict()
                .ifPresent(verdict -> node.put("right", verdict.differences() == 0)
                        .put("differences", verdict.differences())
                        .put("missing", verdict.missing()));
        var topics = node.putObject("topicBytes");
        run.topicBytes().forEach(topics::put);
        run.failure().ifPresent(why -> node.put("failure", why));
    }

    private static void put(ObjectNode node, Measure measure) {
        put(node, "eventsPerSecond", measure.throughput());
        put(node, "cpuSecondsPerMillion", measure.cpu());
        put(node, "brokerCpuSecondsPerMillion", measure.broker());
    }

    /** JSON knows no NaN. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
