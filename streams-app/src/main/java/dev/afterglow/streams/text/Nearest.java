package dev.afterglow.streams.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that was probably meant by an unknown one. */
public final class Nearest {

    private Nearest() {}

    /**
     * The known name with the smallest edit distance, ignoring case; empty when none is close enough to be a slip (more
     * than a third of the longer name would have to change).
     */
    public static Optional<String> to(String unknown, Collection<String> known) {
        var wanted = unknown.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> isSlip(wanted, name.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ": did you mean 'x'?"}, or {@code ": known are a, b, c"} when nothing is near. */
    public static String hint(String unknown, Collection<String> known) {
        return to(unknown, known)
                .map(name -> ": did you mean '" + name + "'?")
                .orElseGet(() -> ": known are " + String.join(", ", known));
    }

    private static boolean isSlip(String unknown, String known) {
        return distance(unknown, known) * 3 <= Math.max(unknown.length(), known.length());
    }

    /** Edit distance in which two letters swapped count as one slip (optimal string alignment), row by row. */
    private static int distance(String a, String b) {
        var beforePrevious = new int[b.length() + 1];
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[b.length()];
    }
}
