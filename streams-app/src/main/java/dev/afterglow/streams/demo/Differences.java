package dev.afterglow.streams.demo;

import java.util.ArrayList;
import java.util.List;

/** Lines of a report, and how many of its figures are not what they should be. */
final class Differences {

    private final List<String> lines = new ArrayList<>();
    private int count;

    void line(String text) {
        lines.add(text);
    }

    void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    /** Counts a figure that is wrong and says so. */
    void differ(String what) {
        count++;
        lines.add("  DIFFERENCE: " + what);
    }

    /** Compares a figure; says something only when it is wrong. */
    void compare(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            differ(what + ": expected " + expected + ", got " + actual);
        }
    }

    int count() {
        return count;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
