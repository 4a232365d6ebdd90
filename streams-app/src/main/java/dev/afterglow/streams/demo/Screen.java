package dev.afterglow.streams.demo;

import java.io.PrintStream;
import java.util.Map;

/** Where the live view is drawn. Not for several threads. */
final class Screen {

    private static final int WIDTH = 80;
    private static final int HEIGHT = 24;

    /** No wrapping, so that a terminal narrower than it says keeps one line a line. */
    private static final String BEGIN = "\033[?7l";

    private static final String END = "\033[?7h";
    private static final String UP = "\033[%dA\r";
    private static final String CLEAR_LINE = "\033[2K";
    private static final String CLEAR_BELOW = "\033[0J";

    private final PrintStream out;
    private final boolean redraws;
    private final int width;
    private final int height;
    private int drawn;

    private Screen(PrintStream out, boolean redraws, int width, int height) {
        this.out = out;
        this.redraws = redraws;
        this.width = width;
        this.height = height;
    }

    /**
     * A screen on a stream.
     *
     * @param terminal whether a terminal is at the other end
     * @param environment {@code TERM}, and {@code COLUMNS} and {@code LINES} where the shell exports them
     */
    static Screen of(PrintStream out, boolean terminal, Map<String, String> environment) {
        var redraws = terminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        // One line below is left for the cursor.
        return new Screen(
                out, redraws, size(environment, "COLUMNS", WIDTH), Math.max(1, size(environment, "LINES", HEIGHT) - 1));
    }

    boolean redraws() {
        return redraws;
    }

    void show(Snapshot snapshot) {
        if (!redraws) {
            out.println(LiveFrame.progressLine(snapshot));
            return;
        }
        var text = new StringBuilder(BEGIN);
        if (drawn > 0) {
            text.append(UP.formatted(drawn));
        }
        var lines = LiveFrame.lines(snapshot, width, height);
        lines.forEach(line -> text.append(CLEAR_LINE).append(line).append('\n'));
        text.append(CLEAR_BELOW).append(END);
        drawn = lines.size();
        out.print(text);
        out.flush();
    }

    /** Whatever is printed next comes below the last picture. */
    void end() {
        out.flush();
        drawn = 0;
    }

    private static int size(Map<String, String> environment, String name, int otherwise) {
        var text = environment.getOrDefault(name, "");
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
    }
}
