package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import java.time.ZoneOffset;

/**
 * Exact names for what may be seen only once: all fields in full, each with its length before it, so that no two
 * different tuples make the same text.
 */
final class Names {

    private Names() {}

    /** An event, within its project, environment and source. */
    static String ofId(EvaluationEvent event) {
        return join(event.getProject(), event.getEnvironment(), event.getSource(), event.getId());
    }

    /** What an event says; two of the same id that differ in this are in conflict. */
    static String ofPayload(EvaluationEvent event) {
        return join(
                event.getExperiment(),
                event.getVariant(),
                event.getUnit(),
                Long.toString(event.getOccurredAt().toEpochMilli()),
                Long.toString(event.getCount()),
                event.getRun(),
                event.getPageView(),
                event.getSession());
    }

    /** What a counting policy other than {@code EVALUATION} counts once. */
    static String ofCountedOnce(CountingPolicy policy, EvaluationEvent event) {
        boolean daily = policy == CountingPolicy.DAILY_UNIQUE;
        return join(
                policy.name(),
                event.getProject(),
                event.getEnvironment(),
                event.getExperiment(),
                daily ? null : event.getVariant(),
                event.getUnit(),
                switch (policy) {
                    case PAGE_IMPRESSION -> event.getPageView();
                    case SESSION_EXPOSURE -> event.getSession();
                    default ->
                        event.getOccurredAt()
                                .atOffset(ZoneOffset.UTC)
                                .toLocalDate()
                                .toString();
                });
    }

    private static String join(String... fields) {
        var text = new StringBuilder();
        for (var field : fields) {
            // A missing field is not an empty one.
            text.append(field == null ? "-" : field.length() + ":" + field);
        }
        return text.toString();
    }
}
