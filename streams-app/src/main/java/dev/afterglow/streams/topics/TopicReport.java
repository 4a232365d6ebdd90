package dev.afterglow.streams.topics;

import dev.afterglow.schemas.topic.Topic;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the cluster stands to the catalogue.
 *
 * @param lines one for each topic of the catalogue, in its order
 * @param groupErrors errors that concern several topics together
 */
public record TopicReport(List<Line> lines, List<String> groupErrors) {

    /** Whether a topic is there. */
    public enum Status {
        /** It was there before. */
        PRESENT,
        /** It was missing and has been made. */
        CREATED,
        /** It is missing. */
        MISSING
    }

    /**
     * One topic.
     *
     * @param topic full name
     * @param status whether it is there
     * @param partitions how many it has, or would be created with
     * @param errors settings that make results wrong, each with the remedy
     * @param remarks settings that differ, but hurt only how long is kept
     */
    public record Line(String topic, Status status, int partitions, List<String> errors, List<String> remarks) {

        /** Copies the lists. */
        public Line {
            errors = List.copyOf(errors);
            remarks = List.copyOf(remarks);
        }

        @Override
        public String toString() {
            return String.format("%-8s %3d  %s", status.name().toLowerCase(Locale.ROOT), partitions, topic);
        }
    }

    /** Copies the lists. */
    public TopicReport {
        lines = List.copyOf(lines);
        groupErrors = List.copyOf(groupErrors);
    }

    /**
     * How many partitions a topic of the catalogue has.
     *
     * @throws java.util.NoSuchElementException when it is not there
     */
    public int partitions(Topic<?> topic) {
        return lines.stream()
                .filter(line -> line.topic().equals(topic.name()) && line.status() != Status.MISSING)
                .findFirst()
                .orElseThrow()
                .partitions();
    }

    /** Every error, those of single topics first. */
    public List<String> errors() {
        return Stream.concat(lines.stream().flatMap(line -> line.errors().stream()), groupErrors.stream())
                .toList();
    }

    /** Names of the topics that are not there. */
    public List<String> missing() {
        return lines.stream()
                .filter(line -> line.status() == Status.MISSING)
                .map(Line::topic)
                .toList();
    }

    /** Whether every topic is there, and as it has to be. */
    public boolean usable() {
        return missing().isEmpty() && errors().isEmpty();
    }

    /** For people: a line per topic, what is wrong with it below. */
    @Override
    public String toString() {
        return Stream.concat(
                        lines.stream().flatMap(TopicReport::text),
                        groupErrors.stream().map("error: "::concat))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static Stream<String> text(Line line) {
        return Stream.of(
                        Stream.of(line.toString()),
                        line.errors().stream().map("    error: "::concat),
                        line.remarks().stream().map("    note: "::concat))
                .flatMap(part -> part);
    }
}
