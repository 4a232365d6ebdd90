package dev.afterglow.alerts.whatif;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One alert, from its opening to its end. All times in UTC.
 *
 * @param alertId names it
 * @param kind its kind
 * @param run run of the experiment; null where it has none
 * @param team owner team at its last message; null where there is none
 * @param openedAt when it opened
 * @param criticalAt when it became critical first; null when it never did
 * @param resolvedAt when it was resolved; null while it is open
 * @param resolution why; null while it is open
 * @param messages how many were sent about it, that of its end included
 * @param pages how often it became critical: once, and again at the end of each snooze
 */
public record Episode(
        String alertId,
        CleanupKind kind,
        String run,
        String team,
        Instant openedAt,
        Instant criticalAt,
        Instant resolvedAt,
        Resolution resolution,
        int messages,
        int pages) {

    /** The alerts that some messages tell of, in the order in which they opened. */
    static List<Episode> of(List<CleanupAlert> messages) {
        Map<String, List<CleanupAlert>> byId = new LinkedHashMap<>();
        messages.forEach(message -> byId.computeIfAbsent(message.getAlertId(), id -> new ArrayList<>())
                .add(message));
        return byId.values().stream().map(Episode::ofOne).toList();
    }

    private static Episode ofOne(List<CleanupAlert> messages) {
        Instant criticalAt = null;
        int pages = 0;
        AlertStatus before = null;
        for (var message : messages) {
            if (message.getStatus() == AlertStatus.ESCALATED && before != AlertStatus.ESCALATED) {
                pages++;
                criticalAt = criticalAt == null ? message.getAt() : criticalAt;
            }
            before = message.getStatus();
        }
        var last = messages.get(messages.size() - 1);
        return new Episode(
                last.getAlertId(),
                last.getKind(),
                last.getRun(),
                last.getTeam(),
                last.getOpenedAt(),
                criticalAt,
                last.getStatus() == AlertStatus.RESOLVED ? last.getAt() : null,
                last.getResolution(),
                messages.size(),
                pages);
    }

    /** Whether it is open at the end of the history; a snoozed one is. */
    public boolean stillOpen() {
        return resolvedAt == null;
    }

    /** Whether it was open at some time at which another one was. */
    boolean meets(Episode other) {
        return openedAt.equals(other.openedAt) || (openedAt.isBefore(other.end()) && other.openedAt.isBefore(end()));
    }

    /** When it ended; beyond all times while it is open. */
    Instant end() {
        return resolvedAt == null ? Instant.MAX : resolvedAt;
    }
}
