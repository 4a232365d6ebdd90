package dev.afterglow.streams.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Draws a snapshot as lines of text that fit the terminal. */
final class LiveFrame {

    private static final int MOST_ALERTS = 6;
    private static final int BAR_WIDTH = 24;

    private LiveFrame() {}

    /**
     * The lines, none wider and all together no higher than told.
     *
     * @param width columns, 1 or more
     * @param height lines, 1 or more
     */
    static List<String> lines(Snapshot snapshot, int width, int height) {
        var lines = new ArrayList<String>();
        lines.add("Afterglow demo   " + snapshot.phase() + "   " + clock(snapshot.elapsed()));
        lines.add("  page      " + snapshot.addresses().page());
        lines.add("  kafka     " + snapshot.addresses().bootstrapServers());
        lines.add("  registry  " + snapshot.addresses().registry());
        lines.add("");
        lines.add(sent(snapshot));
        snapshot.pipeline()
                .ifPresentOrElse(
                        pipeline -> pipeline(pipeline, lines, height),
                        () -> lines.add("  the pipeline does not answer yet"));
        return lines.stream().limit(height).map(line -> fit(line, width)).toList();
    }

    /** The same in one line, for logs and pipes. */
    static String progressLine(Snapshot snapshot) {
        var counted = snapshot.pipeline()
                .map(pipeline ->
                        ", counted " + Amounts.count(pipeline.conservation().counted()) + ", lag "
                                + Amounts.count(pipeline.lag()) + ", open alerts "
                                + pipeline.openAlerts().size())
                .orElse("");
        return clock(snapshot.elapsed()) + " " + snapshot.phase() + ": sent " + Amounts.count(snapshot.sent())
                + counted;
    }

    private static void pipeline(Snapshot.Pipeline pipeline, List<String> lines, int height) {
        var ledger = pipeline.conservation();
        lines.add("  counted   " + Amounts.count(ledger.counted()) + "   " + Amounts.count(pipeline.perSecond())
                + "/s   duplicate " + Amounts.count(ledger.duplicate()) + "   excluded "
                + Amounts.count(ledger.excluded()) + "   dead-lettered " + Amounts.count(ledger.deadLettered()));
        lines.add("  flow      watermark " + pipeline.watermark() + "   lag " + Amounts.count(pipeline.lag())
                + (pipeline.settled() ? "   settled" : ""));
        pipeline.costs().forEach(cost -> lines.add("  cost      " + cost));
        var alerts = alerts(pipeline.openAlerts());
        lines.add("");
        var room = Math.max(0, height - lines.size() - alerts.size() - 2);
        lines.add("  impressions  status        experiment");
        pipeline.top().stream()
                .limit(room)
                .forEach(row -> lines.add("  %11s  %-12s  %s"
                        .formatted(Amounts.count(row.impressions()), row.status(), row.experiment())));
        lines.add("");
        lines.addAll(alerts);
    }

    private static List<String> alerts(List<ActualAlert> alerts) {
        var lines = new ArrayList<String>();
        lines.add("  open alerts: " + alerts.size());
        alerts.stream()
                .limit(MOST_ALERTS)
                .forEach(
                        alert -> lines.add("  ! %-9s %s  %s".formatted(alert.status(), alert.kind(), alert.subject())));
        if (alerts.size() > MOST_ALERTS) {
            lines.add("  and " + (alerts.size() - MOST_ALERTS) + " more");
        }
        return lines;
    }

    private static String sent(Snapshot snapshot) {
        var sent = "  sent      " + Amounts.count(snapshot.sent());
        if (snapshot.planned() == 0 || snapshot.sent() > snapshot.planned()) {
            return sent;
        }
        var filled = (int) (BAR_WIDTH * snapshot.sent() / snapshot.planned());
        return sent + " of " + Amounts.count(snapshot.planned()) + "  [" + "#".repeat(filled)
                + "-".repeat(BAR_WIDTH - filled) + "]";
    }

    private static String clock(Duration elapsed) {
        return "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    /** Names come from outside: a control character in one must not reach the terminal. */
    private static String fit(String line, int width) {
        var safe = new StringBuilder();
        line.codePoints()
                .limit(width)
                .forEach(point -> safe.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return safe.toString();
    }
}
