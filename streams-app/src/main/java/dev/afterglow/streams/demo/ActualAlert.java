package dev.afterglow.streams.demo;

/**
 * The newest state of an alert, as the API shows it.
 *
 * @param alertId the alert
 * @param kind kind by name
 * @param subject experiment identity, budget id or account
 * @param status state by name
 * @param summary one sentence; empty when there is none
 */
record ActualAlert(String alertId, String kind, String subject, String status, String summary) {

    boolean isResolved() {
        return status.equalsIgnoreCase("RESOLVED");
    }
}
