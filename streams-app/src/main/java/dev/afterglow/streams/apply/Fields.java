package dev.afterglow.streams.apply;

import dev.afterglow.streams.text.Nearest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The fields of one mapping: each name once, and only names that somebody asks for. */
final class Fields {

    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> names = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final String file;
    private final String path;

    Fields(String file, String path, MappingNode node, Problems problems) {
        this.file = file;
        this.path = path;
        for (var tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(Place.of(file, tuple.getKeyNode()), path, "a field name has to be a single word");
            } else if (names.putIfAbsent(name.getValue(), name) == null) {
                values.put(name.getValue(), tuple.getValueNode());
            } else {
                problems.add(
                        Place.of(file, name),
                        path(name.getValue()),
                        "is already given in line "
                                + Place.of(file, names.get(name.getValue())).line() + ": keep one of them");
            }
        }
    }

    /** The value of a field, unless it is missing or null. */
    Optional<Node> get(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name)).filter(node -> !Scalars.isNull(node));
    }

    /** Where the name of a field stands. */
    Place place(String name) {
        return Place.of(file, names.get(name));
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Refuses what nobody asked for. */
    void finish(Problems problems) {
        names.forEach((name, node) -> {
            if (!known.contains(name)) {
                problems.add(Place.of(file, node), path(name), "is not a field here" + Nearest.hint(name, known));
            }
        });
    }

    /** All names in the order of the file. */
    Set<String> names() {
        return values.keySet();
    }
}
