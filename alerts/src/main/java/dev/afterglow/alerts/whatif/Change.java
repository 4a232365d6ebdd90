package dev.afterglow.alerts.whatif;

import java.time.Instant;
import java.util.Optional;

/** What becomes of an alert under a changed policy. */
public enum Change {
    /** It opens, and does not under the policies in force. */
    NEW,
    /** It opens or becomes critical earlier, also critical where it never did; neither happens later. */
    EARLIER,
    /** It opens or becomes critical later, or is not critical any more; neither happens earlier. */
    LATER,
    /** It does not open, and does under the policies in force. */
    GONE,
    /** Anything else: it opens earlier and is critical later, say, or only ends at another time. */
    OTHERWISE;

    /** What becomes of one that opens under both; empty when it is the same under both. */
    static Optional<Change> of(Episode inForce, Episode changed) {
        int opens = changed.openedAt().compareTo(inForce.openedAt());
        int escalates = critical(changed).compareTo(critical(inForce));
        if (opens == 0 && escalates == 0) {
            return changed.end().equals(inForce.end()) ? Optional.empty() : Optional.of(OTHERWISE);
        }
        if (opens <= 0 && escalates <= 0) {
            return Optional.of(EARLIER);
        }
        return Optional.of(opens >= 0 && escalates >= 0 ? LATER : OTHERWISE);
    }

    private static Instant critical(Episode episode) {
        return episode.criticalAt() == null ? Instant.MAX : episode.criticalAt();
    }
}
