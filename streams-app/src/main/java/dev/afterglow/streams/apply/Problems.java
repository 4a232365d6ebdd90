package dev.afterglow.streams.apply;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that a file is mended in one go. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    /**
     * @param place where it is
     * @param path the field, for example {@code budgets[0].amount}; empty when it concerns no field
     * @param problem what is wrong and what to do
     */
    void add(Place place, String path, String problem) {
        found.add(place + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    }

    int count() {
        return found.size();
    }

    List<String> all() {
        return List.copyOf(found);
    }
}
