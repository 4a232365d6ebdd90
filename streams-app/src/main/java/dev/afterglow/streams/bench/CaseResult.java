package dev.afterglow.streams.bench;

import java.util.Map;
import java.util.Optional;

/**
 * One run of one case.
 *
 * @param name of the case
 * @param events records of the source
 * @param warm after the first fifth
 * @param allIn from the start of the process
 * @param seconds from the start of the process to the end
 * @param verdict whether its result was right; empty for a case without one
 * @param topicBytes bytes on disk of the run's own topics, by topic
 * @param failure why there is no more than this, when it failed
 */
record CaseResult(
        String name,
        long events,
        Measure warm,
        Measure allIn,
        double seconds,
        Optional<Verdict> verdict,
        Map<String, Long> topicBytes,
        Optional<String> failure) {

    private static final Measure NONE = new Measure(Double.NaN, Double.NaN, Double.NaN);
    private static final double MILLION = 1e6;

    /**
     * @param differences keys whose counts are not as expected
     * @param missing expected sum less the sum counted: positive when events were lost
     */
    record Verdict(long differences, long missing) {
        static Verdict of(Tally expected, Tally counted) {
            return new Verdict(expected.differences(counted), expected.sum() - counted.sum());
        }
    }

    static CaseResult failed(String name, long events, String why) {
        return new CaseResult(name, events, NONE, NONE, Double.NaN, Optional.empty(), Map.of(), Optional.of(why));
    }

    /** Whether it ended, and counted right if it counts at all. */
    boolean isRight() {
        return failure.isEmpty() && verdict.map(found -> found.differences == 0).orElse(true);
    }

    /** Bytes carried between stages, per million events. */
    double carriedPerMillion() {
        return perMillion(false);
    }

    /** Bytes of changelogs, per million events. */
    double changelogPerMillion() {
        return perMillion(true);
    }

    private double perMillion(boolean changelog) {
        if (failure.isPresent()) {
            return Double.NaN;
        }
        return topicBytes.entrySet().stream()
                        .filter(entry -> changelog ? isChangelog(entry.getKey()) : isCarrier(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / (events / MILLION);
    }

    private static boolean isChangelog(String topic) {
        return topic.endsWith("-changelog");
    }

    private static boolean isCarrier(String topic) {
        return topic.endsWith("-repartition") || topic.contains(".internal.");
    }
}
