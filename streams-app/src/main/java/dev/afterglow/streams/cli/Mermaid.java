package dev.afterglow.streams.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/** Draws topologies as a Mermaid flowchart: topics, stages with their processors, and stores. */
final class Mermaid {

    private final List<String> lines = new ArrayList<>();
    private final TreeSet<String> topics = new TreeSet<>();

    private Mermaid() {}

    static String draw(Map<String, TopologyDescription> topologies) {
        var drawing = new Mermaid();
        drawing.lines.add("flowchart LR");
        topologies.forEach(drawing::stage);
        drawing.topics.forEach(topic -> drawing.lines.add("  " + id(topic) + "([\"" + topic + "\"])"));
        return String.join(System.lineSeparator(), drawing.lines);
    }

    private void stage(String name, TopologyDescription topology) {
        lines.add("  subgraph " + name);
        var edges = new ArrayList<String>();
        for (var part : topology.subtopologies()) {
            part.nodes().forEach(node -> node(name, node, edges));
        }
        lines.add("  end");
        lines.addAll(edges);
    }

    private void node(String stage, Node node, List<String> edges) {
        if (node instanceof Processor processor) {
            lines.add("    " + id(stage, node.name()) + "[\"" + node.name() + "\"]");
            for (var store : new TreeSet<>(processor.stores())) {
                lines.add("    " + id(stage, store) + "[(\"" + store + "\")]");
                edges.add("  " + id(stage, node.name()) + " --- " + id(stage, store));
            }
        } else if (node instanceof Source source) {
            source.topicSet()
                    .forEach(topic -> node.successors().forEach(next -> edge(edges, topic, id(stage, next.name()))));
        } else if (node instanceof Sink sink) {
            topics.add(sink.topic());
            node.predecessors().forEach(from -> edges.add("  " + id(stage, from.name()) + " --> " + id(sink.topic())));
        }
    }

    private void edge(List<String> edges, String topic, String to) {
        topics.add(topic);
        edges.add("  " + id(topic) + " --> " + to);
    }

    private static String id(String... parts) {
        return String.join("__", parts).replaceAll("[^A-Za-z0-9_]", "_");
    }
}
