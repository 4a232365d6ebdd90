package dev.afterglow.alerts.pace;

import dev.afterglow.contract.Severity;
import java.time.Duration;

/** What is too fast. */
enum PaceRule {
    CRITICAL(Severity.CRITICAL, Duration.ofHours(1), Duration.ofHours(6), 5, Duration.ofHours(6)),
    WARNING(Severity.WARNING, Duration.ofHours(6), Duration.ofDays(3), 20, Duration.ofHours(24));

    private final Severity severity;
    private final Duration fast;
    private final Duration slow;
    private final int percent;
    private final Duration held;

    /**
     * @param fast length of the window that says that it goes on
     * @param slow length of the window that says that it matters
     * @param percent part of the amount that is too much for the slow window
     * @param held how long an alert stays open after the rule was met last
     */
    PaceRule(Severity severity, Duration fast, Duration slow, int percent, Duration held) {
        this.severity = severity;
        this.fast = fast;
        this.slow = slow;
        this.percent = percent;
        this.held = held;
    }

    Severity severity() {
        return severity;
    }

    Duration fast() {
        return fast;
    }

    Duration slow() {
        return slow;
    }

    int percent() {
        return percent;
    }

    Duration held() {
        return held;
    }
}
