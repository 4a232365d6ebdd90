package dev.afterglow.streams.apply;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where in a file something stands.
 *
 * @param file as it was given
 * @param line from 1; 0 when it concerns the whole file
 */
record Place(String file, int line) {

    static Place of(String file, Node node) {
        return new Place(
                file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
