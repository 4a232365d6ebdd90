package dev.afterglow.alerts.whatif;

import dev.afterglow.alerts.text.Columns;
import dev.afterglow.alerts.text.UtcText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a changed policy would have raised, for people. Where something changes it says {@code before -> after}. */
public final class WhatIfText {

    private static final String NOTHING = "-";

    private WhatIfText() {}

    /** The lines: what was replayed, the sums of all, of each kind and of each team, then each alert that changes. */
    public static List<String> lines(Answer answer) {
        var lines = new ArrayList<String>();
        lines.add(
                answer.from() == null
                        ? "There is no traffic to replay."
                        : "Replayed " + answer.experiments()
                                + (answer.experiments() == 1 ? " experiment" : " experiments")
                                + " from " + UtcText.minute(answer.from()) + " to " + UtcText.minute(answer.to())
                                + " UTC, the range of the counts that are kept.");
        lines.addAll(answer.notes());
        lines.add("");
        lines.addAll(sums(answer));
        lines.add("");
        lines.addAll(differences(answer));
        return lines;
    }

    private static List<String> sums(Answer answer) {
        var table = new Columns("in force -> changed", "alerts", "messages", "pages", "open now", "critical now");
        row(table, "all", answer.total());
        answer.byKind().forEach((kind, sums) -> row(table, kind, sums));
        answer.byTeam().forEach((team, sums) -> row(table, team.isEmpty() ? "no team" : "team " + team, sums));
        return table.lines();
    }

    private static void row(Columns table, String name, Tally.Pair sums) {
        table.add(
                name,
                count(sums, Tally::alerts),
                count(sums, Tally::messages),
                count(sums, Tally::pages),
                count(sums, Tally::open),
                count(sums, Tally::critical));
    }

    private static String count(Tally.Pair sums, ToLongFunction<Tally> figure) {
        return step(
                Long.toString(figure.applyAsLong(sums.inForce())), Long.toString(figure.applyAsLong(sums.changed())));
    }

    private static List<String> differences(Answer answer) {
        if (answer.changes().isEmpty()) {
            return List.of("No alert changes.");
        }
        var lines = new ArrayList<String>();
        lines.add(answer.changes().entrySet().stream().map(WhatIfText::change).collect(Collectors.joining(", ")) + ":");
        var table = new Columns("change", "kind", "experiment", "team", "opens", "critical", "ends");
        answer.differences()
                .forEach(one -> table.add(
                        name(one.change()),
                        one.kind().name(),
                        one.experiment(),
                        one.team() == null ? NOTHING : one.team(),
                        step(one, Episode::openedAt),
                        step(one, Episode::criticalAt),
                        step(one, Episode::resolvedAt)));
        lines.addAll(table.lines());
        if (answer.leftOut() > 0) {
            lines.add("and " + answer.leftOut() + " more");
        }
        return lines;
    }

    private static String change(Map.Entry<Change, Long> change) {
        return change.getValue() + " " + name(change.getKey());
    }

    private static String name(Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }

    private static String step(Difference difference, Function<Episode, Instant> time) {
        if (difference.inForce() == null || difference.changed() == null) {
            return time(Objects.requireNonNullElse(difference.inForce(), difference.changed()), time);
        }
        return step(time(difference.inForce(), time), time(difference.changed(), time));
    }

    private static String time(Episode episode, Function<Episode, Instant> time) {
        var at = time.apply(episode);
        return at == null ? NOTHING : UtcText.minute(at);
    }

    private static String step(String before, String after) {
        return before.equals(after) ? before : before + " -> " + after;
    }
}
